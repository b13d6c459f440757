package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Progress;
import io.tallyman.billing.state.TaskStatus;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jspecify.annotations.Nullable;

/**
 * A task as clients see it.
 *
 * @param task the name of its type
 * @param attempt the number of the last attempt; 0 before the first
 * @param queuePosition how many due tasks will be taken earlier, counted up to {@value
 *     Tasks#COUNTED_POSITIONS}; null unless it waits and is due
 * @param result what the type promises, once it succeeded
 * @param error why the last attempt failed, or the task
 * @param startedAt when the first attempt began
 * @param dateDone when it ended
 * @param expiresAt until when it, its events and its sheet are kept; null until it ended
 */
@Serdeable
public record Task(
    @ColumnName("id") UUID taskId,
    String task,
    JsonNode parameters,
    TaskStatus status,
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
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt,
    @Nullable Instant dateDone,
    @Nullable Instant expiresAt) {}
