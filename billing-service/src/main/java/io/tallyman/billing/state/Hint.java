package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/**
 * That a task has changed, told after the commit to everybody who listens. It may be lost and come
 * in any order; what it is about is to be read.
 *
 * @param seq of the event that the change wrote
 */
@Serdeable
public record Hint(UUID taskId, int seq) {}
