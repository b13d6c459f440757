package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The content of openapi.yaml, checked strictly: an answer must not have undocumented fields, or
 * undocumented headers of this list.
 */
public final class Contract {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Set<String> METHODS =
      Set.of("get", "post", "patch", "put", "delete", "head");
  private static final Set<String> TOLD =
      Set.of(
          "accept-ranges",
          "content-disposition",
          "content-range",
          "etag",
          "idempotent-replayed",
          "last-modified",
          "link",
          "location",
          "preference-applied",
          "repr-digest",
          "retry-after");

  private final JsonNode document;
  private final JsonNode closed;

  private Contract(JsonNode document) {
    this.document = document;
    this.closed = closed(document.get("components").deepCopy());
  }

  public static Contract of(Gateway gateway) {
    return new Contract(document(gateway, "/openapi.yaml"));
  }

  /** The content of asyncapi.yaml. It refers to schemas of openapi.yaml, which become its own. */
  public static Contract ofLiveEvents(Gateway gateway) {
    String openapi = document(gateway, "/openapi.yaml").at("/components/schemas").toString();
    String asyncapi = document(gateway, "/asyncapi.yaml").toString();
    JsonNode document = JSON.readTree(asyncapi.replace("openapi.yaml#/", "#/"));
    ObjectNode schemas = document.at("/components/schemas").asObject();
    JSON.readTree(openapi)
        .propertyStream()
        .forEach(
            schema -> {
              assertThat(schemas.has(schema.getKey())).as("two %s", schema.getKey()).isFalse();
              schemas.set(schema.getKey(), schema.getValue());
            });
    return new Contract(document);
  }

  private static JsonNode document(Gateway gateway, String path) {
    return new YAMLMapper().readTree(gateway.exchange(gateway.request(path).GET()).body());
  }

  /** A part of the document; a missing node if there is none. */
  public JsonNode at(String pointer) {
    return document.at(pointer);
  }

  /**
   * @param node the operation in the document
   */
  public record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
    /** Whether the path names one thing, by its id or its name. */
    public boolean isOfOne() {
      return has("id") || path.contains("{name}");
    }

    public String pathOf(String id) {
      return path.replace("{id}", id).replace("{name}", id);
    }

    public List<JsonNode> parameters(String in) {
      return parameters.stream()
          .filter(parameter -> parameter.get("in").asString().equals(in))
          .toList();
    }

    public boolean has(String parameter) {
      return parameters.stream().anyMatch(one -> one.get("name").asString().equals(parameter));
    }

    /** Whether it is about the account of the sender. */
    boolean isOfOwnAccount() {
      return path.startsWith("/api/v1/me")
          || path.startsWith("/api/v1/api-keys")
          || path.startsWith("/api/v1/views");
    }

    /** Whether its answer is a stream that never ends. */
    public boolean isStream() {
      return Set.copyOf(node.at("/responses/200/content").propertyNames())
          .equals(Set.of("text/event-stream"));
    }

    /** The status of its answer if the client requests no special one. */
    int success() {
      return successes().getFirst();
    }

    /** The media types of its successful answer; none if the answer has no body. */
    List<String> answerTypes() {
      return List.copyOf(node.at("/responses/" + success() + "/content").propertyNames());
    }

    public List<Integer> successes() {
      return node.get("responses").propertyNames().stream()
          .filter(status -> status.startsWith("2"))
          .map(Integer::valueOf)
          .toList();
    }

    @Override
    public String toString() {
      return method + ' ' + path;
    }
  }

  public Stream<Operation> operations() {
    return document.get("paths").propertyStream().flatMap(this::operations);
  }

  private Stream<Operation> operations(Map.Entry<String, JsonNode> path) {
    JsonNode item = path.getValue();
    return item.propertyStream()
        .filter(member -> METHODS.contains(member.getKey()))
        .map(
            member ->
                new Operation(
                    member.getKey().toUpperCase(Locale.ROOT),
                    path.getKey(),
                    member.getValue(),
                    Stream.of(item, member.getValue())
                        .flatMap(owner -> owner.path("parameters").valueStream())
                        .map(this::resolved)
                        .toList()));
  }

  /** The types of problems that an operation may answer with under this status. */
  public Set<String> problems(Operation operation, int status) {
    return response(operation, status).findValues("type").stream()
        .flatMap(
            type -> Stream.concat(Stream.of(type.path("const")), type.path("enum").valueStream()))
        .map(type -> type.asString(""))
        .filter(type -> !type.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Checks a request body against the document. */
  void checkRequest(Operation operation, String type, JsonNode body) {
    JsonNode schema = operation.node().at("/requestBody/content").get(type).get("schema");
    assertThat(faults(schema, body)).as("body of the example of %s", operation).isEmpty();
  }

  /** Checks an answer against the document. */
  void checkAnswer(Operation operation, HttpResponse<String> answer) {
    String what = operation + " " + answer.statusCode() + " " + answer.body();
    JsonNode response = response(operation, answer.statusCode());
    checkHeaders(what, response, answer);
    if (!response.has("content")) {
      assertThat(answer.body()).as(what).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    assertThat(response.get("content").propertyNames()).as(what).contains(type);
    JsonNode body =
        type.endsWith("json")
            ? JSON.readTree(answer.body())
            : JSON.getNodeFactory().stringNode(answer.body());
    assertThat(faults(response.get("content").get(type).get("schema"), body)).as(what).isEmpty();
  }

  private static void checkHeaders(String what, JsonNode response, HttpResponse<?> answer) {
    Map<String, JsonNode> documented =
        response
            .path("headers")
            .propertyStream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    documented.forEach(
        (name, header) -> {
          if (header.path("required").asBoolean(false)) {
            assertThat(answer.headers().firstValue(name)).as("%s: %s", what, name).isNotEmpty();
          }
        });
    assertThat(answer.headers().map().keySet())
        .as(what)
        .filteredOn(TOLD::contains)
        .allMatch(documented::containsKey, "is documented");
  }

  private JsonNode response(Operation operation, int status) {
    JsonNode responses = operation.node().get("responses");
    JsonNode response =
        resolved(
            Optional.ofNullable(responses.get(Integer.toString(status)))
                .orElseGet(() -> responses.get("default")));
    ObjectNode whole = response.deepCopy().asObject();
    response
        .path("headers")
        .propertyStream()
        .forEach(
            header ->
                whole.withObject("headers").set(header.getKey(), resolved(header.getValue())));
    return whole;
  }

  /** Where an instance differs from a schema of the document; empty if it does not. */
  public List<String> faults(JsonNode schema, JsonNode instance) {
    ObjectNode whole = schema.deepCopy().asObject();
    whole.set("components", closed);
    Schema compiled = SCHEMAS.getSchema(whole);
    return compiled
        .validate(
            instance,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(fault -> fault.getInstanceLocation() + " " + fault.getMessage())
        .toList();
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asString().substring(1));
  }

  /** The names of the parameters of each task type in the schema, by the type's name. */
  Map<String, Set<String>> parametersByTask(String schema) {
    return document
        .at("/components/schemas/" + schema + "/discriminator/mapping")
        .propertyStream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                shape ->
                    Set.copyOf(
                        target(target(shape.getValue()).at("/properties/parameters/$ref"))
                            .get("properties")
                            .propertyNames())));
  }

  private JsonNode target(JsonNode reference) {
    return closed.at(reference.asString().substring("#/components".length()));
  }

  /**
   * Makes objects strict: they have only the documented fields. {@code allOf} has those of its
   * parts.
   */
  private static JsonNode closed(JsonNode components) {
    JsonNode schemas = components.get("schemas");
    schemas.valueStream().map(JsonNode::asObject).forEach(schema -> join(schema, schemas));
    schemas
        .valueStream()
        .map(JsonNode::asObject)
        .filter(schema -> schema.has("properties") && !schema.has("additionalProperties"))
        .forEach(schema -> schema.put("additionalProperties", false));
    return components;
  }

  private static void join(ObjectNode schema, JsonNode schemas) {
    JsonNode parts = schema.remove("allOf");
    if (parts == null) {
      return;
    }
    for (JsonNode part : parts) {
      String name = part.path("$ref").asString("").replace("#/components/schemas/", "");
      JsonNode fields = name.isEmpty() ? part : schemas.get(name);
      schema.withObject("properties").setAll(fields.get("properties").deepCopy().asObject());
      schema.withArray("required").addAll(fields.get("required").deepCopy().asArray());
    }
  }
}
