package io.tallyman.user.profile;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.user.account.UnknownUser;
import io.tallyman.user.account.User;
import io.tallyman.user.account.Users;
import java.io.IOException;
import java.time.Instant;

@Controller("/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class SealedProfileController {
  private final Users users;
  private final ProfileConfiguration configuration;
  private final JsonMapper json;

  SealedProfileController(Users users, ProfileConfiguration configuration, JsonMapper json) {
    this.users = users;
    this.configuration = configuration;
    this.json = json;
  }

  @Post("/{id}/sealed-profile")
  SealedProfile seal(long id) throws IOException {
    Fernet seal = configuration.seal().orElseThrow(NoProfileKey::new);
    User user = users.findById(id).orElseThrow(() -> new UnknownUser(id));
    return new SealedProfile(seal.seal(json.writeValueAsBytes(Profile.of(user)), Instant.now()));
  }
}
