package io.tallyman.user.apikey;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.user.account.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key, without its secret.
 *
 * @param prefix the beginning of the key
 * @param scopes the roles that a program with the key has, as far as its owner has them
 * @param expiresAt null if the key does not expire
 * @param lastUsedAt up to a minute too early; null if the key was never used
 */
@Serdeable
@MappedEntity("api_key")
public record ApiKey(
    @Id long id,
    String name,
    String prefix,
    @TypeDef(type = DataType.STRING_ARRAY) List<Role> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
