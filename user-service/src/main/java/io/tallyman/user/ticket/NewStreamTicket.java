package io.tallyman.user.ticket;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows about the sender who wants a ticket. The sender has an access token, an
 * API key or a session.
 *
 * @param tokenEndsAt when the access token ends
 */
@Serdeable
record NewStreamTicket(
    @NotNull List<@NotNull Role> roles,
    @Nullable Instant tokenEndsAt,
    @Nullable String apiKey,
    @Nullable String session) {
  @Override
  public String toString() {
    return "NewStreamTicket[hidden]";
  }
}
