package io.tallyman.user.ticket;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that was not used yet, or whose stream is open.
 *
 * @param roles the roles that its sender had
 * @param tokenEndsAt when the access token of its sender ends; null for an API key or a session
 */
@MappedEntity("stream_ticket")
public record StreamTicket(
    @Id String ticketHash,
    long accountId,
    @TypeDef(type = DataType.STRING_ARRAY) List<Role> roles,
    Instant expiresAt,
    @Nullable Instant tokenEndsAt) {}
