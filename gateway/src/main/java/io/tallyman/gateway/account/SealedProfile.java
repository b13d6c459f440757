package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;

/**
 * @param token a Fernet token of the profile as JSON, for those who have the key of user-service
 */
@Serdeable
record SealedProfile(String token) {}
