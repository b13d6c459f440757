package io.tallyman.gateway.follow.amqp;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.Task;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a task has changed. The receiver reads the task, unless it has ended.
 *
 * @param seq the number of the event
 * @param ended the task if it has ended; null from a billing-service of an earlier release
 */
@Serdeable
record Hint(UUID taskId, int seq, @Nullable Task ended) {}
