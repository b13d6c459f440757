package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;

/**
 * @param token a Fernet token that contains the profile as JSON; reading it needs the key of
 *     user-service
 */
@Serdeable
record SealedProfile(String token) {}
