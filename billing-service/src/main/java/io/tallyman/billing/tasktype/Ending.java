package io.tallyman.billing.tasktype;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.state.TaskError;

/** How a task ends whose attempt has done all its work. */
public sealed interface Ending {
  JsonNode result();

  record Succeeded(JsonNode result) implements Ending {}

  /**
   * The work is done, and what it found makes the task fail. What was written for the result, its
   * sheet too, is kept.
   */
  record Failed(JsonNode result, TaskError error) implements Ending {}
}
