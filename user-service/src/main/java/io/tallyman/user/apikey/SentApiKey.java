package io.tallyman.user.apikey;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;

/** A key that is exchanged for an access token. */
@Serdeable
record SentApiKey(@NotNull String apiKey) {
  @Override
  public String toString() {
    return "SentApiKey[hidden]";
  }
}
