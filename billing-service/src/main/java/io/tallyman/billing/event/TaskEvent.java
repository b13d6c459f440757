package io.tallyman.billing.event;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a task's status.
 *
 * @param seq 1 for the acceptance, then increased by 1 with each change, without gaps
 * @param status the status after the change
 * @param attempt the number of the task's latest attempt; 0 before the first
 * @param workerId the worker of that attempt; null if there was none
 * @param reason a short code for the cause; null if the status says enough
 */
@Serdeable
@MappedEntity
public record TaskEvent(
    int seq,
    Instant at,
    TaskStatus status,
    int attempt,
    @Nullable String workerId,
    @Nullable String reason) {}
