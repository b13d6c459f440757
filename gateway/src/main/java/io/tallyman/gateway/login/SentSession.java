package io.tallyman.gateway.login;

import io.micronaut.serde.annotation.Serdeable;

@Serdeable
record SentSession(String session) {
  @Override
  public String toString() {
    return "SentSession[hidden]";
  }
}
