package io.tallyman.gateway.task;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.request.Api;
import org.jspecify.annotations.Nullable;

/**
 * The links of a task.
 *
 * @param self the task; poll it until its status is an end status
 * @param events the events of the task
 * @param cancel null when the task has ended
 * @param sheet the manifest of the sheet that it wrote; null if there is none
 */
@Serdeable
record Links(String self, String events, @Nullable String cancel, @Nullable String sheet) {
  static Links of(Task task) {
    String self = Api.V1 + "/tasks/" + task.taskId();
    return new Links(
        self,
        self + "/events",
        task.status().isEnd() ? null : self + "/cancel",
        task.sheet().map(id -> Api.V1 + "/sheets/" + id).orElse(null));
  }
}
