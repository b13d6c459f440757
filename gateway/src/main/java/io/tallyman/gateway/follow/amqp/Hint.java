package io.tallyman.gateway.follow.amqp;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * A message that a task has changed. The receiver reads the task to see its new state.
 *
 * @param seq the number of the event
 */
@Serdeable
record Hint(UUID taskId, int seq) {}
