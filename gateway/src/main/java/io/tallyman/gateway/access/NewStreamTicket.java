package io.tallyman.gateway.access;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What user-service must know about the sender who wants a ticket. The sender has an access token,
 * an API key or a session.
 *
 * @param tokenEndsAt when the access token ends
 */
@Serdeable
public record NewStreamTicket(
    Set<String> roles,
    @Nullable Instant tokenEndsAt,
    @Nullable String apiKey,
    @Nullable String session) {
  @Override
  public String toString() {
    return "NewStreamTicket[hidden]";
  }
}
