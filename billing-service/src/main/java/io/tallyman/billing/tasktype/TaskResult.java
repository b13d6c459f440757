package io.tallyman.billing.tasktype;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.state.TaskError;

/** The result of a task whose attempt has done all its work, and whether the task succeeds. */
public sealed interface TaskResult {
  JsonNode result();

  record Succeeded(JsonNode result) implements TaskResult {}

  /**
   * The work is done, and what it found makes the task fail. What was written for the result, its
   * sheet too, is kept.
   */
  record Failed(JsonNode result, TaskError error) implements TaskResult {}
}
