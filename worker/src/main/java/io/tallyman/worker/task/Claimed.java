package io.tallyman.worker.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is this worker's.
 *
 * @param heartbeatMs how often billing-service wants to hear of it
 * @param sheetFile where in the store its sheet goes; no other attempt has the same
 * @param uploadFile where in the store the upload is that the task is about, if it is about one
 * @param requestId of the request that the task was accepted with: whatever is done for it is
 *     logged and asked for under that
 */
@Serdeable
public record Claimed(
    UUID taskId,
    int attempt,
    String task,
    JsonNode parameters,
    long heartbeatMs,
    String sheetFile,
    @Nullable String uploadFile,
    @Nullable String requestId) {

  @Override
  public String toString() {
    return "Task " + taskId + " (" + task + "), attempt " + attempt;
  }
}
