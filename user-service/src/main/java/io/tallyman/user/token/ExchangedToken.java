package io.tallyman.user.token;

import io.micronaut.serde.annotation.Serdeable;

/** The access token for an API key, a session or a ticket. */
@Serdeable
public record ExchangedToken(String accessToken) {
  @Override
  public String toString() {
    return "ExchangedToken[hidden]";
  }
}
