package io.tallyman.gateway.account;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Serdeable
public record User(
    long id,
    String name,
    String email,
    String username,
    List<String> roles,
    Instant createdAt,
    @Nullable String provider) {}
