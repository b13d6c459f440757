package io.tallyman.user.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * A user as everybody may see it; the password's hash never leaves the database with it.
 *
 * @param email unique without regard to case, kept as it was given
 * @param username unique without regard to case, kept as it was given
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
