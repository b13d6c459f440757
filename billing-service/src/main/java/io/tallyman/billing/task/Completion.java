package io.tallyman.billing.task;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is done and about to be committed.
 *
 * @param sheetId the id that its sheet was given, if it wrote one
 */
public record Completion(UUID taskId, int attempt, Outcome.Done done, @Nullable UUID sheetId) {}
