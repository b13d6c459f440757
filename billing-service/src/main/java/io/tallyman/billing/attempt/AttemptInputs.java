package io.tallyman.billing.attempt;

import static java.util.stream.Collectors.groupingBy;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what many attempts need, once for all attempts of the same task type. */
@Singleton
class AttemptInputs {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptInputs.class);

  private final TaskTypes types;
  private final JsonMapper json;

  AttemptInputs(TaskTypes types, JsonMapper json) {
    this.types = types;
    this.json = json;
  }

  /** Returns the input of each task that has one. Without it, an attempt reads for itself. */
  Map<UUID, JsonNode> read(List<Claimed> attempts) {
    Map<UUID, JsonNode> inputs = new HashMap<>();
    attempts.stream()
        .collect(groupingBy(Claimed::task))
        .forEach(
            (name, same) -> types.find(name).ifPresent(type -> inputs.putAll(read(type, same))));
    return inputs;
  }

  private <P extends TaskParameters> Map<UUID, JsonNode> read(
      TaskType<P> type, List<Claimed> attempts) {
    try {
      Map<UUID, P> parameters = new HashMap<>();
      for (Claimed attempt : attempts) {
        P read = json.readValueFromTree(attempt.parameters(), type.parameters());
        if (read != null) {
          parameters.put(attempt.taskId(), read);
        }
      }
      return type.inputs(parameters);
    } catch (IOException | RuntimeException failure) {
      LOG.debug("{} attempts of {} read for themselves", attempts.size(), type.name(), failure);
      return Map.of();
    }
  }
}
