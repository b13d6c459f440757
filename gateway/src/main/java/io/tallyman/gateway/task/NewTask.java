package io.tallyman.gateway.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as it is submitted. Its names are checked here, its values by billing-service. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
public record NewTask(
    @Nullable String task,
    @Nullable JsonNode parameters,
    @Nullable Integer priority,
    @Nullable Instant eta) {}
