package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finished attempt whose outcome is about to be committed.
 *
 * @param parameters the task's parameters
 * @param sheetId the id of its sheet; null if it wrote no sheet
 */
public record Completion(
    UUID taskId, int attempt, JsonNode parameters, Outcome.Done done, @Nullable UUID sheetId) {}
