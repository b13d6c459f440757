package io.tallyman.worker.task;

import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that this worker has claimed.
 *
 * @param heartbeatMs the interval of heartbeats, in milliseconds
 * @param sheetFile the name of its sheet in the store; every attempt has another one
 * @param mostInline the largest sheet, in bytes, that is sent with the outcome instead of being
 *     stored; 0 from a billing-service of an earlier release
 * @param uploadFile the name of the task's upload in the store; null if it has none
 * @param input what billing-service has read for the attempt, as its type defines; null if the
 *     attempt has to read for itself
 * @param requestId the id of the request that submitted the task; log lines and calls for the task
 *     carry it
 */
@Serdeable
public record Claimed(
    UUID taskId,
    int attempt,
    String task,
    JsonNode parameters,
    long heartbeatMs,
    String sheetFile,
    @Bindable(defaultValue = "0") int mostInline,
    @Nullable String uploadFile,
    @Nullable JsonNode input,
    @Nullable String requestId) {

  @Override
  public String toString() {
    return "Task " + taskId + " (" + task + "), attempt " + attempt;
  }
}
