package io.tallyman.gateway.task;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the tasks that are cancelled or retried together. The gateway checks the names of
 * the fields, billing-service checks the values.
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record ChosenTasks(
    @Nullable String status,
    @Nullable String task,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long submittedBy) {}
