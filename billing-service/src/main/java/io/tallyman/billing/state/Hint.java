package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * Tells all gateways that a task has changed. It is published after the commit. It may be lost or
 * arrive in any order, so the receiver reads the task itself.
 *
 * @param seq the {@code seq} of the event that the change wrote
 */
@Serdeable
public record Hint(UUID taskId, int seq) {}
