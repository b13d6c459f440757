package io.tallyman.user.apikey;

import io.micronaut.serde.annotation.Serdeable;

/** An access token for one key. */
@Serdeable
record KeyToken(String accessToken) {
  @Override
  public String toString() {
    return "KeyToken[hidden]";
  }
}
