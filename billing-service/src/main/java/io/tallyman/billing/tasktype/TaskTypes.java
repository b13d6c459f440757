package io.tallyman.billing.tasktype;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.validation.validator.Validator;
import io.tallyman.kit.problem.JsonFault;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry of task types. It also validates parameters. */
@Singleton
public final class TaskTypes {
  private final Map<String, TaskType<?>> types;
  private final Map<String, JsonNode> schemas;
  private final JsonMapper json;
  private final Validator validator;

  TaskTypes(List<TaskType<?>> types, JsonMapper json, Validator validator) {
    this.types = types.stream().collect(Collectors.toMap(TaskType::name, Function.identity()));
    this.schemas =
        types.stream()
            .collect(
                Collectors.toMap(TaskType::name, type -> ParametersSchema.of(type.parameters())));
    this.json = json;
    this.validator = validator;
  }

  /** The names of the types whose attempts take long, whatever their parameters are. */
  public List<String> longOnes() {
    return types.values().stream().filter(TaskType::completesAlone).map(TaskType::name).toList();
  }

  public Optional<TaskType<?>> find(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** All task types, ordered by name. */
  Stream<TaskType<?>> all() {
    return types.values().stream().sorted(Comparator.comparing(TaskType::name));
  }

  /** The JSON Schema of a type's parameters. */
  JsonNode schema(TaskType<?> type) {
    return Objects.requireNonNull(schemas.get(type.name()));
  }

  public SortedSet<String> submittable() {
    return types.values().stream()
        .filter(TaskType::submittable)
        .map(TaskType::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Checks that clients may submit a task of this type with these parameters.
   *
   * @throws UnknownTask if the type is unknown or has a route of its own
   * @throws InvalidParameters if the parameters are invalid; lists each faulty field
   */
  public void check(String name, JsonNode parameters) {
    TaskType<?> type =
        find(name)
            .filter(TaskType::submittable)
            .orElseThrow(() -> new UnknownTask(name, submittable()));
    check(type, parameters);
  }

  /**
   * Checks parameters against the type's record.
   *
   * @throws InvalidParameters if the parameters are invalid; lists each faulty field
   */
  private <P extends TaskParameters> void check(TaskType<P> type, JsonNode parameters) {
    P read = read(type, parameters);
    List<FieldError> faults = new ArrayList<>();
    validator
        .validate(read)
        .forEach(
            violation ->
                faults.add(
                    new FieldError(pointer(violation.getPropertyPath()), violation.getMessage())));
    faults.addAll(read.faults());
    if (faults.isEmpty()) {
      faults.addAll(type.faults(read));
    }
    if (!faults.isEmpty()) {
      throw new InvalidParameters(type.name(), faults);
    }
  }

  private static String pointer(Path path) {
    return "/" + JsonFault.wireName(path.toString()).replace('.', '/');
  }

  private <P extends TaskParameters> P read(TaskType<P> type, JsonNode parameters) {
    if (!parameters.isObject()) {
      throw new InvalidParameters(
          type.name(), List.of(new FieldError("", "must be an object of parameters")));
    }
    List<FieldError> faults = ValueKinds.faults(schema(type), parameters);
    if (!faults.isEmpty()) {
      throw new InvalidParameters(type.name(), faults);
    }
    try {
      return json.readValueFromTree(parameters, Argument.of(type.parameters()));
    } catch (IOException | RuntimeException unreadable) {
      FieldError fault =
          JsonFault.in(unreadable).orElseGet(() -> new FieldError("", "cannot be read"));
      throw new InvalidParameters(type.name(), List.of(fault));
    }
  }
}
