package io.tallyman.user.token;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.credential.WithoutToken;

@WithoutToken
@Controller("/auth/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
class KeyController {
  private final SigningKeys keys;

  KeyController(SigningKeys keys) {
    this.keys = keys;
  }

  @Get
  PublishedKeys list() {
    return PublishedKeys.of(keys.published());
  }
}
