package io.tallyman.billing.tasktype;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** The published JSON Schemas refuse exactly the parameters that the service refuses. */
final class TaskTypeControllerTest {
  private static final RunningService SERVICE = RunningService.start();
  private static final Map<String, Schema> SCHEMAS = schemas();

  /** The faults that a JSON Schema cannot express. */
  private static final Set<String> BEYOND_SCHEMAS =
      Set.of("must not be before from", "is not the id of a vendor");

  /** JSON values that are valid, or nearly valid, for some parameter. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "\" \"",
          "[]",
          "{}",
          "0",
          "1",
          "-1",
          "2021",
          "9999",
          "10000",
          "2021.0",
          "2021.5",
          "1e3",
          "9223372036854775807",
          "9223372036854775808",
          "\"2021\"",
          "\"2021-02-28\"",
          "\"2021-02-30\"",
          "\"2021-2-3\"",
          "\"0000-01-01\"",
          "\"0001-01-01\"",
          "\"9999-12-31\"",
          "\"+12021-01-01\"",
          "\"-0044-03-15\"",
          "\"2021-02-28T00:00:00Z\"",
          "[2021, 2, 28]",
          "\"GBP\"",
          "\"JPY\"",
          "\"gbp\"",
          "\"XYZ\"",
          "\"XXX\"",
          "[\"GBP\"]");

  @AfterContainer
  static void stop() {
    SERVICE.close();
  }

  @Example
  void everyTypeIsToldByName() {
    JsonNode types = Objects.requireNonNull(SERVICE.get("/task-types").json().get("data"));

    assertThat(StreamSupport.stream(types.values().spliterator(), false))
        .extracting(type -> text(type, "name") + ' ' + flag(type, "submittable"))
        .containsExactly(
            "billing.assignments true",
            "billing.duplicates false",
            "billing.import false",
            "billing.sheet true",
            "billing.total_payables true",
            "billing.undo_import false",
            "tasks.cancel false",
            "tasks.retry false");
    assertThat(types.values()).allMatch(type -> text(type, "description").endsWith("."));
  }

  @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
  void whatASchemaAllowsIsAcceptedAndNothingElse(
      @ForAll("tasks") Tuple.Tuple2<String, Map<String, String>> task) {
    String parameters =
        task.get2().entrySet().stream()
            .map(parameter -> '"' + parameter.getKey() + "\": " + parameter.getValue())
            .collect(Collectors.joining(", ", "{", "}"));

    Answer answer =
        SERVICE.post(
            "/tasks", "{\"task\": \"%s\", \"parameters\": %s}".formatted(task.get1(), parameters));

    boolean isAccepted = answer.status() == 202 || BEYOND_SCHEMAS.containsAll(details(answer));
    assertThat(isAccepted).as(answer.body()).isEqualTo(fits(task.get1(), parameters));
  }

  @Provide
  Arbitrary<Tuple.Tuple2<String, Map<String, String>>> tasks() {
    return Arbitraries.of(SCHEMAS.keySet())
        .flatMap(type -> parameters(type).map(parameters -> Tuple.of(type, parameters)));
  }

  /** Some of the type's parameters, and sometimes an unknown one. */
  private static Arbitrary<Map<String, String>> parameters(String type) {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(names(type))), Tuple.of(1, Arbitraries.of("form", "From")));
    Arbitrary<String> values =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of(VALUES)),
            Tuple.of(2, Arbitraries.of("\"2021-02-28\"", "2021", "\"GBP\"", "null")));
    return Arbitraries.maps(names, values).ofMaxSize(4);
  }

  private static List<String> details(Answer refused) {
    JsonNode errors = Objects.requireNonNull(refused.json().get("errors"));
    return StreamSupport.stream(errors.values().spliterator(), false)
        .map(error -> text(error, "detail"))
        .toList();
  }

  private static boolean fits(String type, String parameters) {
    Consumer<ExecutionContext> strictly =
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true));
    return Objects.requireNonNull(SCHEMAS.get(type))
        .validate(parameters, InputFormat.JSON, strictly)
        .isEmpty();
  }

  private static Set<String> names(String type) {
    Set<String> names = new HashSet<>();
    for (JsonNode told : types()) {
      if (text(told, "name").equals(type)) {
        JsonNode schema = Objects.requireNonNull(told.get("parameters"));
        Objects.requireNonNull(schema.get("properties"))
            .entries()
            .forEach(property -> names.add(property.getKey()));
      }
    }
    return names;
  }

  private static Map<String, Schema> schemas() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    return StreamSupport.stream(types().spliterator(), false)
        .filter(type -> flag(type, "submittable"))
        .collect(
            Collectors.toMap(
                type -> text(type, "name"),
                type -> registry.getSchema(json(Objects.requireNonNull(type.get("parameters"))))));
  }

  private static Iterable<JsonNode> types() {
    return Objects.requireNonNull(SERVICE.get("/task-types").json().get("data")).values();
  }

  private static String json(JsonNode node) {
    try {
      return SERVICE.bean(JsonMapper.class).writeValueAsString(node);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String text(JsonNode node, String field) {
    return Objects.requireNonNull(node.get(field)).getStringValue();
  }

  private static boolean flag(JsonNode node, String field) {
    return Objects.requireNonNull(node.get(field)).getBooleanValue();
  }
}
