package io.tallyman.gateway.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A type of task.
 *
 * @param parameters the JSON Schema (2020-12) of the parameters of such a task
 * @param submittable whether {@code POST /tasks} accepts it; otherwise it has its own route
 */
@Serdeable
record TaskType(String name, String description, JsonNode parameters, boolean submittable) {
  /**
   * @param data ordered by name
   */
  @Serdeable
  record TypeList(List<TaskType> data) {}
}
