package io.tallyman.gateway.task;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * Where to go on from a task.
 *
 * @param self the task; ask it again until its status is an end state
 * @param events what happened to it so far
 * @param cancel null once the task has ended
 * @param sheet the manifest of the sheet that it wrote; null while there is none
 */
@Serdeable
record Links(String self, String events, @Nullable String cancel, @Nullable String sheet) {
  static Links of(Task task) {
    String self = "/api/v1/tasks/" + task.taskId();
    return new Links(
        self,
        self + "/events",
        task.status().isEnd() ? null : self + "/cancel",
        task.sheet().map(id -> "/api/v1/sheets/" + id).orElse(null));
  }
}
