package io.tallyman.gateway.live.event;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a task's status, as billing-service stores it.
 *
 * @param seq 1 for the acceptance, then increased by 1 with each change, without gaps
 * @param at the time of the database
 */
@Serdeable
public record TaskEvent(
    int seq,
    Instant at,
    TaskStatus status,
    int attempt,
    @Nullable String workerId,
    @Nullable String reason) {}
