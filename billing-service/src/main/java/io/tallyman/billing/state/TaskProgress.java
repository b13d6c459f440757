package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a running attempt, for those who follow the task. It may be lost, or arrive after
 * the attempt has ended.
 *
 * @param task the name of the task's type
 * @param submittedBy the id of the user who submitted the task; null if unknown
 * @param createdAt when the task was created
 */
@Serdeable
public record TaskProgress(
    UUID taskId,
    String task,
    @Nullable Long submittedBy,
    Instant createdAt,
    int attempt,
    Progress progress) {}
