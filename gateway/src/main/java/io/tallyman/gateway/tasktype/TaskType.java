package io.tallyman.gateway.tasktype;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A type of task.
 *
 * @param parameters a JSON Schema (2020-12) of what a task of the type is told
 * @param submittable whether it can be submitted by its name; else a route of its own does that
 */
@Serdeable
record TaskType(String name, String description, JsonNode parameters, boolean submittable) {
  /**
   * @param data by name
   */
  @Serdeable
  record TypeList(List<TaskType> data) {}
}
