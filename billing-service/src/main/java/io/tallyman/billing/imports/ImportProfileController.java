package io.tallyman.billing.imports;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.profile.ImportProfile;
import io.tallyman.billing.profile.ImportProfiles;
import io.tallyman.billing.profile.NewImportProfile;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.util.List;

@Controller("/import-profiles")
@ExecuteOn(TaskExecutors.BLOCKING)
class ImportProfileController {
  private static final String NAME = "[A-Za-z0-9._-]{1,100}";
  private static final String NO_NAME =
      "must have 1 to 100 characters: letters, digits, dots, underscores and hyphens";

  private final ImportProfiles profiles;

  ImportProfileController(ImportProfiles profiles) {
    this.profiles = profiles;
  }

  @Get
  Page<ImportProfile> list(PageRequest page) {
    return profiles.page(page);
  }

  @Get("/{name}")
  ImportProfile show(String name) {
    return profiles.get(name);
  }

  /**
   * @throws InvalidFields if an option would be refused in a query, or cannot be kept
   */
  @Put("/{name}")
  ImportProfile put(
      @Pattern(regexp = NAME, message = NO_NAME) String name,
      @Body @Valid NewImportProfile profile) {
    List<FieldError> faults = ImportQuery.faults(profile.options());
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return profiles.put(name, profile);
  }

  /** Deletes the profile if there is one. */
  @Delete("/{name}")
  @Status(HttpStatus.NO_CONTENT)
  void delete(String name) {
    profiles.delete(name);
  }
}
