package io.tallyman.gateway.login;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** The body of a refresh or a logout. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record SentRefreshToken(@Nullable String refreshToken) {
  @Override
  public String toString() {
    return "SentRefreshToken[hidden]";
  }
}
