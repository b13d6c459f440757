package io.tallyman.user.profile;

import io.micronaut.serde.annotation.Serdeable;

/**
 * @param token a {@link Fernet} token of a {@link Profile}
 */
@Serdeable
record SealedProfile(String token) {}
