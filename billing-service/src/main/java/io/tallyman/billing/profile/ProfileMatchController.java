package io.tallyman.billing.profile;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Finds the profiles for a file, by its header. */
@Controller("/internal/import-profiles/matches")
@ExecuteOn(TaskExecutors.BLOCKING)
class ProfileMatchController {
  private final ImportProfiles profiles;

  ProfileMatchController(ImportProfiles profiles) {
    this.profiles = profiles;
  }

  /**
   * @param header the names of the columns of a file, in their order
   */
  @Serdeable
  record Header(@NotNull List<String> header) {}

  /**
   * @param data at most 20 profiles, ordered by name
   */
  @Serdeable
  record Matches(List<ImportProfile> data) {}

  /** Changes nothing. It is a POST because a header may be long. */
  @Post
  Matches matches(@Body @Valid Header header) {
    return new Matches(profiles.matching(header.header()));
  }
}
