package io.tallyman.billing.event;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a task's status.
 *
 * @param seq 1 for its acceptance, and one more for each change; without gaps
 * @param status what it was from then on
 * @param attempt the number of its last attempt
 * @param workerId who had that attempt
 * @param reason one word on why; null where the status says it
 */
@Serdeable
@MappedEntity
record TaskEvent(
    int seq,
    Instant at,
    TaskStatus status,
    int attempt,
    @Nullable String workerId,
    @Nullable String reason) {}
