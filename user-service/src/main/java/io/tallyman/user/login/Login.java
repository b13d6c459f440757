package io.tallyman.user.login;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/** A login that can be refreshed. */
@MappedEntity("login")
public record Login(@Id UUID id, long accountId) {}
