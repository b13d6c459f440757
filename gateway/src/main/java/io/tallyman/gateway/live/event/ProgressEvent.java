package io.tallyman.gateway.live.event;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/** The progress of a running attempt, as clients see it. */
@Serdeable
record ProgressEvent(String type, UUID taskId, int attempt, JsonNode progress) {
  static ProgressEvent of(TaskProgress progress) {
    return new ProgressEvent(
        "task.progress", progress.taskId(), progress.attempt(), progress.progress());
  }
}
