package io.tallyman.gateway.live.ticket;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What user-service must know about the sender who wants a ticket.
 *
 * @param tokenEndsAt when the access token of the sender ends; null for an API key or a session
 */
@Serdeable
record NewStreamTicket(Set<String> roles, @Nullable Instant tokenEndsAt) {}
