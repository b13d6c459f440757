package io.tallyman.billing.imports;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.profile.ImportProfiles;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the options with which a file is inspected. */
@Controller("/internal/import-options")
@ExecuteOn(TaskExecutors.BLOCKING)
class FileOptionsController {
  private final ImportProfiles profiles;

  FileOptionsController(ImportProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * The options as a worker reads them; those that are not given are missing.
   *
   * @param profile the name of the profile with options that the query does not give
   * @throws InvalidFields listing all invalid options
   */
  @Get
  FileFormat read(@RequestBean FileOptions options, @Nullable @QueryValue String profile) {
    Map<String, String> kept = profile == null ? Map.of() : profiles.options(profile);
    List<FieldError> faults = new ArrayList<>();
    FileFormat format = options.or(kept).read(faults);
    format.check(faults);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return format;
  }
}
