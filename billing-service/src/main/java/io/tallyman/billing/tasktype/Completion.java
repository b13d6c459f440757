package io.tallyman.billing.tasktype;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.sheet.WrittenSheet;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt whose work is done and whose outcome is about to be committed.
 *
 * @param parameters the task's parameters
 * @param sheet the sheet that the attempt wrote; null if it wrote none
 * @param sheetId the id of the sheet; null if there is none
 * @param result what the task type adds to the sheet, as the worker sent it; null if it adds
 *     nothing
 */
public record Completion(
    UUID taskId,
    int attempt,
    JsonNode parameters,
    @Nullable WrittenSheet sheet,
    @Nullable UUID sheetId,
    @Nullable JsonNode result) {

  /**
   * Reads what the task type adds.
   *
   * @throws IncompleteOutcome if the attempt adds nothing, or JSON of another shape
   */
  public <R> R result(Class<R> type, JsonMapper json) {
    if (result == null) {
      throw new IncompleteOutcome("result");
    }
    try {
      return json.readValueFromTree(result, type);
    } catch (IOException | RuntimeException unreadable) {
      throw new IncompleteOutcome("result");
    }
  }
}
