package io.tallyman.gateway.follow.amqp;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.Task;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a task has changed. The receiver reads a task that may have ended, unless it is there.
 *
 * @param seq the number of the event
 * @param open whether the task has not ended; false from a billing-service of an earlier release
 * @param ended the task if it has ended; null if billing-service had too many to tell
 */
@Serdeable
record Hint(UUID taskId, int seq, boolean open, @Nullable Task ended) {}
