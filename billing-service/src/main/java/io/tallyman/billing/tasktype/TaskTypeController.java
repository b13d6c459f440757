package io.tallyman.billing.tasktype;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Tells which types of tasks there are and what each is to be told. */
@Controller("/task-types")
class TaskTypeController {
  private final TypeList list;

  /**
   * @param parameters a JSON Schema (2020-12)
   * @param submittable whether it can be submitted by its name; else a route of its own does that
   */
  @Serdeable
  record Described(String name, String description, JsonNode parameters, boolean submittable) {
    static Described of(TaskType<?> type, JsonNode parameters) {
      return new Described(type.name(), type.description(), parameters, type.submittable());
    }
  }

  /**
   * @param data by name
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
