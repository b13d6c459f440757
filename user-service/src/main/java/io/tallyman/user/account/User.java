package io.tallyman.user.account;

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
public record User(
    long id, String name, String email, String username, List<Role> roles, Instant createdAt) {}
