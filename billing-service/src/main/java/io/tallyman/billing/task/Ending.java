package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;

/** How a task ends after its attempt finished all work. */
public sealed interface Ending {
  JsonNode result();

  record Succeeded(JsonNode result) implements Ending {}

  /**
   * The work is finished, but its result makes the task fail. Everything written for the result,
   * including the sheet, is kept.
   */
  record Failed(JsonNode result, TaskError error) implements Ending {}
}
