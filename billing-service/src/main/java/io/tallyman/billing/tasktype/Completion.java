package io.tallyman.billing.tasktype;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.sheet.WrittenSheet;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is done and about to be committed.
 *
 * @param parameters of the task
 * @param sheet the sheet that it wrote; null if it wrote none
 * @param sheetId the id that its sheet was given, if it wrote one
 * @param result what its type adds to the sheet, as the type's part of the worker wrote it
 */
public record Completion(
    UUID taskId,
    int attempt,
    JsonNode parameters,
    @Nullable WrittenSheet sheet,
    @Nullable UUID sheetId,
    @Nullable JsonNode result) {

  /**
   * Reads what the type adds.
   *
   * @throws IncompleteOutcome if the attempt adds nothing, or something else
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
