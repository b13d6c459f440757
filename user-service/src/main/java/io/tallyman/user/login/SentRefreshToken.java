package io.tallyman.user.login;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;

/** The body of a refresh or a logout. */
@Serdeable
record SentRefreshToken(@NotNull String refreshToken) {
  @Override
  public String toString() {
    return "SentRefreshToken[hidden]";
  }
}
