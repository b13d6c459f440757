package io.tallyman.user.ticket;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/**
 * @param ticket the secret, which is told only now
 * @param expiresAt the ticket cannot be used any more then
 */
@Serdeable
record MadeStreamTicket(String ticket, Instant expiresAt) {
  @Override
  public String toString() {
    return "MadeStreamTicket[hidden]";
  }
}
