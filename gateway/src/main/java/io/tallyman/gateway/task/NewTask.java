package io.tallyman.gateway.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new task. The gateway checks the names of the fields, billing-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
public record NewTask(
    @Nullable String task,
    @Nullable JsonNode parameters,
    @Nullable Integer priority,
    @Nullable Instant eta) {}
