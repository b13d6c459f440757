package io.tallyman.user.ticket;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that is exchanged for an access token.
 *
 * @param isOpen whether its stream is open, which needs its next token; null means that it is not
 */
@Serdeable
record SentStreamTicket(@NotNull String ticket, @Nullable Boolean isOpen) {
  @Override
  public String toString() {
    return "SentStreamTicket[hidden]";
  }
}
