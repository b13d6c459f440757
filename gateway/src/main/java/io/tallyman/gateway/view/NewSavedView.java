package io.tallyman.gateway.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** A view to save. The gateway checks the names of the fields, user-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewSavedView(@Nullable String name, @Nullable String query) {}
