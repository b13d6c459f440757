package io.tallyman.user.ticket;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;

/** A ticket that is exchanged for an access token. */
@Serdeable
record SentStreamTicket(@NotNull String ticket) {
  @Override
  public String toString() {
    return "SentStreamTicket[hidden]";
  }
}
