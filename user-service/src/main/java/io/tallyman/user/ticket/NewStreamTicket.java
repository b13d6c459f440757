package io.tallyman.user.ticket;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway knows about the sender who wants a ticket; see {@link StreamTicket}. */
@Serdeable
record NewStreamTicket(@NotNull List<@NotNull Role> roles, @Nullable Instant tokenEndsAt) {}
