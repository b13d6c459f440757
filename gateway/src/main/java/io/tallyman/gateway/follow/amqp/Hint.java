package io.tallyman.gateway.follow.amqp;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * That a task has changed; what it is now is to be read.
 *
 * @param seq of the event that the change wrote
 */
@Serdeable
record Hint(UUID taskId, int seq) {}
