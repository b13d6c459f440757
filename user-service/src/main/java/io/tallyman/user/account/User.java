package io.tallyman.user.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * A user, without the hash of the password.
 *
 * @param email unique, ignoring case; stored as it was sent
 * @param username unique, ignoring case; stored as it was sent
 */
@Serdeable
@MappedEntity("account")
public record User(
    @Id long id,
    String name,
    String email,
    String username,
    @TypeDef(type = DataType.STRING_ARRAY) List<Role> roles,
    Instant createdAt) {}
