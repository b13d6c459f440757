package io.tallyman.billing.tasktype;

import io.micronaut.json.tree.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is done and about to be committed.
 *
 * @param parameters of the task
 * @param sheetId the id that its sheet was given, if it wrote one
 */
public record Completion(
    UUID taskId, int attempt, JsonNode parameters, Outcome.Done done, @Nullable UUID sheetId) {}
