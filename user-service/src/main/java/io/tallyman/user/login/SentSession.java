package io.tallyman.user.login;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;

@Serdeable
record SentSession(@NotNull String session) {
  @Override
  public String toString() {
    return "SentSession[hidden]";
  }
}
