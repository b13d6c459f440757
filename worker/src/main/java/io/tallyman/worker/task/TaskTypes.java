package io.tallyman.worker.task;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The task types that this worker knows. */
@Singleton
public final class TaskTypes {
  private final Map<String, TaskType<?>> types;
  private final JsonMapper json;

  TaskTypes(List<TaskType<?>> types, JsonMapper json) {
    this.types = types.stream().collect(Collectors.toMap(TaskType::name, Function.identity()));
    this.json = json;
  }

  /**
   * Runs the work of an attempt.
   *
   * @throws NoLongSlot if the attempt is long and got no slot for it
   */
  public Outcome.Done run(Work work) throws IOException, InterruptedException {
    TaskType<?> type = types.get(work.claimed().task());
    if (type == null) {
      // This worker may be of an older release. A worker of a newer one knows the type.
      throw new TransientFailure(
          "unknown-task-type",
          "The worker does not know the task type",
          "This worker does not know the task type " + work.claimed().task() + ".");
    }
    return run(type, work);
  }

  private <P> Outcome.Done run(TaskType<P> type, Work work)
      throws IOException, InterruptedException {
    P parameters = read(work.claimed().parameters(), type);
    try {
      return type.isLong()
          ? work.runLong(() -> type.run(parameters, work))
          : type.run(parameters, work);
    } catch (NoLongSlot _) {
      // All streams are closed now, so that a waiting attempt keeps no connection from others.
      work.awaitLongSlot();
      return work.runLong(() -> type.run(parameters, work));
    }
  }

  private <P> P read(JsonNode parameters, TaskType<P> type) {
    try {
      return json.readValueFromTree(parameters, type.parameters());
    } catch (IOException unreadable) {
      throw new BadInput(
          "invalid-parameters",
          "The parameters are invalid",
          "The worker cannot read these parameters of " + type.name() + ".");
    }
  }
}
