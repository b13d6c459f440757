package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/**
 * The progress of a running attempt, for those who follow the task. It may be lost, or arrive after
 * the attempt has ended.
 *
 * @param task the name of the task's type
 * @param createdAt when the task was created
 */
@Serdeable
public record TaskProgress(
    UUID taskId, String task, Instant createdAt, int attempt, Progress progress) {}
