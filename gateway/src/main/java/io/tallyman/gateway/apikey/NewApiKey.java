package io.tallyman.gateway.apikey;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new key. The gateway checks the names of the fields, user-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewApiKey(
    @Nullable String name, @Nullable List<String> scopes, @Nullable String expiresAt) {}
