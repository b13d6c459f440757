package io.tallyman.billing.state;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jspecify.annotations.Nullable;

/**
 * A task as clients see it.
 *
 * @param task the name of its type
 * @param seq the number of its last event
 * @param attempt the number of the latest attempt; 0 before the first
 * @param queuePosition how many due tasks are ahead of this one; null if it was not counted, or if
 *     the task does not wait or is not due
 * @param result the result as defined by the task type; null until the task succeeded
 * @param error the error of the last attempt or of the task; null if there is none
 * @param submittedBy the id of the user who submitted it; null if unknown
 * @param startedAt when the first attempt began
 * @param dateDone when the task ended; null until then
 * @param expiresAt when the task, its events and its sheet are deleted; null until the task ended
 */
@Serdeable
public record Task(
    @ColumnName("id") UUID taskId,
    String task,
    JsonNode parameters,
    TaskStatus status,
    @ColumnName("event_seq") int seq,
    @Nested @Nullable Progress progress,
    int attempt,
    int maxAttempts,
    int priority,
    @Nullable Instant eta,
    @Nullable Integer queuePosition,
    @Nullable JsonNode result,
    @Nullable JsonNode error,
    @Nullable UUID retryOf,
    @Nullable UUID groupId,
    @Nullable Long submittedBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt,
    @Nullable Instant dateDone,
    @Nullable Instant expiresAt) {}
