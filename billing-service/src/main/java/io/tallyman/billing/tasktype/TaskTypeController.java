package io.tallyman.billing.tasktype;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Lists the task types and their parameters. */
@Controller("/task-types")
class TaskTypeController {
  private final TypeList list;

  /**
   * @param parameters the JSON Schema (2020-12) of the type's parameters
   * @param submittable whether {@code POST /tasks} accepts it; else it has its own route
   */
  @Serdeable
  record Described(String name, String description, JsonNode parameters, boolean submittable) {
    static Described of(TaskType<?> type, JsonNode parameters) {
      return new Described(type.name(), type.description(), parameters, type.submittable());
    }
  }

  /**
   * @param data ordered by name
   */
  @Serdeable
  record TypeList(List<Described> data) {}

  TaskTypeController(TaskTypes types) {
    list = new TypeList(types.all().map(type -> Described.of(type, types.schema(type))).toList());
  }

  @Get
  TypeList list() {
    return list;
  }
}
