package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Contract;
import io.tallyman.e2e.Contract.Operation;
import io.tallyman.e2e.ContractWorld;
import io.tallyman.e2e.Gateway;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates requests from the document's operations and examples, and breaks them. */
final class RequestFuzzer {
  /** Hashing a password takes more time than a hundred other requests. */
  private static final int SOUND_USERS = 50;

  private final List<Operation> operations;
  private final Map<Operation, String> ids = new HashMap<>();
  private final Map<Operation, List<JsonNode>> bodies = new HashMap<>();
  private final ContractWorld world;
  private final Gateway gateway;
  private final long seed;

  RequestFuzzer(Contract contract, ContractWorld world, Gateway gateway, long seed) {
    this.operations = contract.operations().filter(operation -> !operation.isStream()).toList();
    this.world = world;
    this.gateway = gateway;
    this.seed = seed;
    for (Operation operation : operations) {
      if (operation.isOfOne()) {
        ids.put(operation, world.idFor(operation));
      }
      bodies.put(operation, examples(operation));
    }
  }

  /** The same seed, number and ids give the same request, but for its token. */
  FuzzedRequest make(long number) {
    Dice dice = new Dice(seed, number);
    Operation operation = operations.get((int) (number % operations.size()));
    Draft draft = sound(operation, dice, number);
    int faults = dice.of(List.of(1, 1, 1, 2, 2, 3));
    boolean isDear = operation.toString().equals("POST /api/v1/users");
    if (!dice.once(isDear ? SOUND_USERS : 12)) {
      for (int fault = 0; fault < faults; fault++) {
        draft.breakSomething(dice);
      }
      if (isDear && draft.bodyIsSound) {
        draft.breakBody(dice);
      }
    }
    return draft.render(dice);
  }

  private Draft sound(Operation operation, Dice dice, long number) {
    Draft draft = new Draft(operation, operation.pathOf(ids.getOrDefault(operation, "")));
    draft.headers.add("Authorization: " + gateway.authorization());
    for (JsonNode parameter : operation.parameters("query")) {
      if (parameter.path("required").asBoolean(false) || dice.once(3)) {
        draft.query.add(parameter.get("name").asString() + "=" + Draft.encoded(value(parameter)));
      }
    }
    for (JsonNode parameter : operation.parameters("header")) {
      draft.headerNames.add(parameter.get("name").asString());
      if (dice.once(4)) {
        String name = parameter.get("name").asString();
        // A few keys are used repeatedly, for equal and for different requests.
        String value = name.equals("Idempotency-Key") ? "key-" + number / 1_000 : value(parameter);
        draft.headers.add(name + ": " + value);
      }
    }
    List<JsonNode> examples = bodies.getOrDefault(operation, List.of());
    if (!examples.isEmpty()) {
      JsonNode body = world.here(dice.of(examples));
      draft.body(type(operation), body instanceof ObjectNode fields ? anew(fields, number) : body);
    }
    return draft;
  }

  private String value(JsonNode parameter) {
    if (!parameter.has("example")) {
      return "a";
    }
    return world.here(parameter.get("name").asString(), parameter.get("example"));
  }

  private static JsonNode anew(ObjectNode fields, long number) {
    for (String name : List.of("email", "username", "account_number", "reference")) {
      if (fields.has(name)) {
        fields.put(name, "f" + number + fields.get(name).asString());
      }
    }
    return fields;
  }

  private static String type(Operation operation) {
    return operation.node().at("/requestBody/content").propertyNames().iterator().next();
  }

  private static List<JsonNode> examples(Operation operation) {
    SequencedSet<JsonNode> examples = new LinkedHashSet<>();
    operation
        .node()
        .at("/requestBody/content")
        .valueStream()
        .flatMap(content -> content.path("examples").valueStream())
        .forEach(example -> examples.add(example.get("value")));
    return List.copyOf(examples);
  }
}
