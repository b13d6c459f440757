package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Contract.Operation;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Sends every example of openapi.yaml to the running stack, and checks the answer against the
 * document.
 */
@OnOneStack
@OnSharedStack
@Order(Integer.MAX_VALUE)
final class ContractIT {
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();
  private static final Contract CONTRACT = Contract.of(GATEWAY);
  private static final ContractWorld WORLD = new ContractWorld(GATEWAY);
  private static final String SESSION = "/api/v1/auth/session";
  private static final String PROVIDER = "/api/v1/auth/provider";

  /**
   * @param parameter the parameter whose example is sent, together with the required ones
   * @param body the body of the request
   */
  record Example(
      Operation operation, String name, @Nullable JsonNode parameter, @Nullable Body body) {

    Example anew() {
      return body == null
          ? this
          : new Example(
              operation, name, parameter, new Body(body.type(), WORLD.anew(body.value())));
    }

    @Override
    public String toString() {
      return operation + ": " + name;
    }
  }

  /**
   * @param value text as a string, everything else as JSON
   */
  record Body(String type, JsonNode value) {}

  @ParameterizedTest
  @MethodSource
  void exampleIsAnsweredAsTheDocumentSays(Example example) {
    Operation operation = example.operation();
    Body body = example.body();
    if (body != null) {
      CONTRACT.checkRequest(operation, body.type(), body.value());
    }

    HttpResponse<String> answer =
        GATEWAY.exchange(request(example, operation.isOfOne() ? WORLD.idFor(operation) : ""));

    assertThat(operation.successes()).as(answer.body()).contains(answer.statusCode());
    CONTRACT.checkAnswer(operation, answer);
  }

  /** {@code OpenIdIT} has a provider. */
  @Test
  void loginAtAProviderThatIsNotThereIsAnsweredAsTheDocumentSays() {
    Operation operation =
        CONTRACT.operations().filter(ContractIT::needsAProvider).findFirst().orElseThrow();

    HttpResponse<String> answer =
        GATEWAY.exchange(request(examples(operation).findFirst().orElseThrow(), ""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    CONTRACT.checkAnswer(operation, answer);
  }

  private static boolean needsAProvider(Operation operation) {
    return operation.path().equals(PROVIDER) && operation.method().equals("POST");
  }

  @ParameterizedTest
  @MethodSource
  void clientThatAcceptsAGroupOfTypesIsAnswered(Operation operation) {
    Example example = examples(operation).findFirst().orElseThrow();
    String id = operation.isOfOne() ? WORLD.idFor(operation) : "";
    String group = operation.answerTypes().getFirst().replaceFirst("/.*", "/*");

    HttpResponse<String> answer = GATEWAY.exchange(request(example, id).header("Accept", group));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(operation.success());
    CONTRACT.checkAnswer(operation, answer);
  }

  @ParameterizedTest
  @MethodSource
  void repeatedRequestIsAnsweredAgain(Example example) {
    String key = UUID.randomUUID().toString();
    Operation operation = example.operation();
    String id = operation.isOfOne() ? WORLD.idFor(operation) : "";

    HttpResponse<String> first =
        GATEWAY.exchange(request(example, id).header("Idempotency-Key", key));
    HttpResponse<String> again =
        GATEWAY.exchange(request(example, id).header("Idempotency-Key", key));

    assertThat(operation.successes())
        .as(first.body() + again.body())
        .contains(first.statusCode(), again.statusCode());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    CONTRACT.checkAnswer(operation, again);
  }

  @ParameterizedTest
  @MethodSource
  void idThatNothingHasIsAnsweredAsTheDocumentSays(Operation operation) {
    boolean isUuid =
        operation.parameters("path").getFirst().at("/schema/format").asString("").equals("uuid");
    Example example = examples(operation).findFirst().orElseThrow();

    HttpResponse<String> answer =
        GATEWAY.exchange(request(example, isUuid ? UUID.randomUUID().toString() : "4242424242"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    CONTRACT.checkAnswer(operation, answer);
  }

  @ParameterizedTest
  @MethodSource
  void parameterThatNobodyKnowsIsAnsweredAsTheDocumentSays(Operation operation) {
    Example example = examples(operation).findFirst().orElseThrow();
    String id = operation.isOfOne() ? WORLD.idFor(operation) : "";
    HttpRequest request = request(example, id).build();

    HttpResponse<String> answer =
        GATEWAY.exchange(
            HttpRequest.newBuilder(request, (_, _) -> true)
                .uri(URI.create(request.uri() + "&nonsense=1")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    CONTRACT.checkAnswer(operation, answer);
  }

  @ParameterizedTest
  @MethodSource
  void nextPageIsFoundByItsLink(Operation operation) {
    HttpResponse<String> first =
        GATEWAY.exchange(
            GATEWAY.request(operation.path() + query(operation, null) + "&limit=1").GET());
    String link = first.headers().firstValue("Link").orElseThrow();

    HttpResponse<String> next =
        GATEWAY.exchange(GATEWAY.request(link.replaceAll("<(.*)>.*", "$1")).GET());

    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    CONTRACT.checkAnswer(operation, first);
    CONTRACT.checkAnswer(operation, next);
  }

  @ParameterizedTest
  @MethodSource
  void streamBeginsAsTheDocumentSays(Example example) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> answer =
          client.send(request(example, "").build(), BodyHandlers.ofLines());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
      assertThat(answer.body().limit(2)).last().isEqualTo("event: snapshot");
      client.shutdownNow();
    }
  }

  static Stream<Example> streamBeginsAsTheDocumentSays() {
    return CONTRACT.operations().filter(Operation::isStream).flatMap(ContractIT::examples);
  }

  @Test
  void shapesOfTasksAreThoseOfTheTaskTypes() {
    Map<String, Set<String>> all = new HashMap<>();
    Map<String, Set<String>> submittable = new HashMap<>();
    for (JsonNode type : GATEWAY.get("/api/v1/task-types").body().get("data")) {
      String name = type.get("name").asString();
      Set<String> parameters = Set.copyOf(type.at("/parameters/properties").propertyNames());
      all.put(name, parameters);
      if (type.get("submittable").asBoolean()) {
        submittable.put(name, parameters);
      }
    }

    assertThat(CONTRACT.parametersByTask("Task")).isEqualTo(all);
    assertThat(CONTRACT.parametersByTask("NewTask")).isEqualTo(submittable);
  }

  static Stream<Example> exampleIsAnsweredAsTheDocumentSays() {
    return CONTRACT
        .operations()
        .filter(operation -> !operation.isStream())
        .filter(operation -> !needsAProvider(operation))
        .flatMap(ContractIT::examples);
  }

  static Stream<Operation> clientThatAcceptsAGroupOfTypesIsAnswered() {
    return CONTRACT
        .operations()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> !operation.isStream())
        .filter(operation -> !operation.answerTypes().isEmpty());
  }

  static Stream<Example> repeatedRequestIsAnsweredAgain() {
    return CONTRACT
        .operations()
        .filter(operation -> operation.has("Idempotency-Key"))
        .map(operation -> examples(operation).findFirst().orElseThrow().anew());
  }

  static Stream<Operation> idThatNothingHasIsAnsweredAsTheDocumentSays() {
    return CONTRACT.operations().filter(operation -> operation.has("id"));
  }

  static Stream<Operation> parameterThatNobodyKnowsIsAnsweredAsTheDocumentSays() {
    return CONTRACT.operations().filter(operation -> operation.path().startsWith("/api/"));
  }

  static Stream<Operation> nextPageIsFoundByItsLink() {
    return CONTRACT.operations().filter(operation -> operation.has("cursor"));
  }

  /** One case for each example of a body, and for each parameter with an example. */
  private static Stream<Example> examples(Operation operation) {
    Stream<Example> bodies =
        operation.node().has("requestBody")
            ? operation
                .node()
                .at("/requestBody/content")
                .propertyStream()
                .flatMap(content -> bodies(operation, content))
            : Stream.of(new Example(operation, "as it is", null, null));
    Body body = bodies(operation).map(Example::body).findFirst().orElse(null);
    Stream<Example> parameters =
        operation.parameters().stream()
            .filter(parameter -> !parameter.get("in").asString().equals("path"))
            .filter(parameter -> parameter.has("example"))
            .map(
                parameter ->
                    new Example(
                        operation, "with " + parameter.get("name").asString(), parameter, body));
    return Stream.concat(
        bodies, body == null ? parameters : parameters.filter(_ -> isImport(body)));
  }

  private static Stream<Example> bodies(Operation operation) {
    return operation
        .node()
        .at("/requestBody/content")
        .propertyStream()
        .flatMap(content -> bodies(operation, content));
  }

  private static Stream<Example> bodies(Operation operation, Map.Entry<String, JsonNode> content) {
    return content
        .getValue()
        .get("examples")
        .propertyStream()
        .map(
            example ->
                new Example(
                    operation,
                    example.getKey(),
                    null,
                    new Body(content.getKey(), example.getValue().get("value"))));
  }

  /** A file can be sent twice, but something that JSON creates may exist already. */
  private static boolean isImport(Body body) {
    return body.type().equals("text/csv");
  }

  private static HttpRequest.Builder request(Example example, String id) {
    Optional<JsonNode> parameter = Optional.ofNullable(example.parameter());
    String path = example.operation().pathOf(id);
    HttpRequest.Builder request =
        GATEWAY.request(path + query(example.operation(), example.parameter()));
    if (path.equals(SESSION)) {
      // As from a page behind a proxy with TLS, because browsers log in over HTTPS only.
      request.header("Origin", "https://" + request.build().uri().getAuthority());
    }
    parameter
        .filter(one -> one.get("in").asString().equals("header"))
        .ifPresent(
            header ->
                request.header(header.get("name").asString(), header.get("example").asString()));
    if (example.operation().isOfOwnAccount()) {
      request.setHeader("Authorization", "Bearer " + WORLD.accessToken());
    }
    Body body = example.body();
    if (body == null) {
      return request.method(example.operation().method(), BodyPublishers.noBody());
    }
    JsonNode value = WORLD.withLogin(WORLD.here(body.value()));
    return request
        .header("Content-Type", body.type())
        .method(
            example.operation().method(),
            BodyPublishers.ofString(value.isString() ? value.asString() : value.toString()));
  }

  /** The required parameters and the one that is tried. */
  private static String query(Operation operation, @Nullable JsonNode parameter) {
    return operation.parameters("query").stream()
        .filter(one -> one.equals(parameter) || one.path("required").asBoolean(false))
        .map(ContractIT::query)
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String query(JsonNode parameter) {
    String name = parameter.get("name").asString();
    String value = WORLD.here(name, parameter.get("example"));
    return name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
