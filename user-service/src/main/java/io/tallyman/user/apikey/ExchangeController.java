package io.tallyman.user.apikey;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.credential.WithoutToken;
import io.tallyman.user.token.ExchangedToken;
import jakarta.validation.Valid;

/** The gateway exchanges a key, because other services accept access tokens only. */
@WithoutToken
@Controller("/auth/key-tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
class ExchangeController {
  private final ApiKeys keys;

  ExchangeController(ApiKeys keys) {
    this.keys = keys;
  }

  @Post
  ExchangedToken exchange(@Body @Valid SentApiKey key) {
    return keys.exchange(key.apiKey());
  }
}
