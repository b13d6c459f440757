package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Typical mistakes of new users, and the problems that they get. */
@OnSharedStack
final class MistakesIT {
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();
  private static final String JSON = "application/json";
  private static final String TASK = "0197a3c2-6f00-7000-8000-000000000001";
  private static final String SHEET =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"%s\"}}";
  private static final String LATER =
      "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2026-01-05\"},"
          + " \"eta\": %s}";

  /**
   * @param says a part of the detail, which says what to do
   */
  record Mistake(String name, Request request, int status, String slug, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Request(String method, String path, BodyPublisher body, List<String> headers) {
    Request with(String... more) {
      List<String> all = Stream.concat(headers.stream(), Arrays.stream(more)).toList();
      return new Request(method, path, body, all);
    }

    HttpResponse<String> send() {
      HttpRequest.Builder request = GATEWAY.request(path).method(method, body);
      if (!headers.isEmpty()) {
        request.headers(headers.toArray(String[]::new));
      }
      return GATEWAY.exchange(request);
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(paths(), methods(), bodies(), fields(), queries(), headers())
        .flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> paths() {
    return Stream.of(
        new Mistake("no such route", get("/api/v1/taks"), 404, "not-found", "Check the path"),
        new Mistake("wrong version", get("/api/v2/tasks"), 404, "not-found", "Check the path"),
        new Mistake("no prefix", get("/tasks"), 404, "not-found", "Check the path"),
        new Mistake("two slashes", get("/api/v1//tasks"), 404, "not-found", "Check the path"),
        new Mistake(
            "no UUID", get("/api/v1/tasks/17"), 404, "not-found", "the format of the ids in it"),
        new Mistake(
            "no number", get("/api/v1/users/ada"), 404, "not-found", "the format of the ids in it"),
        new Mistake(
            "a number beyond all ids",
            get("/api/v1/users/99999999999999999999"),
            404,
            "not-found",
            "the format of the ids in it"),
        new Mistake(
            "unknown id",
            get("/api/v1/tasks/" + TASK),
            404,
            "unknown-task-id",
            "No task has the id"),
        new Mistake("the inside", get("/internal/tasks"), 404, "not-found", "Check the path"),
        new Mistake("management", get("/beans"), 404, "not-found", "Check the path"));
  }

  private static Stream<Mistake> methods() {
    return Stream.of("DELETE", "PUT", "PATCH", "OPTIONS", "BREW")
        .map(
            method ->
                new Mistake(
                    method,
                    new Request(method, "/api/v1/tasks", BodyPublishers.noBody(), List.of()),
                    405,
                    "method-not-allowed",
                    "POST"));
  }

  private static Stream<Mistake> bodies() {
    String sheet = SHEET.formatted("2026-01-05");
    return Stream.of(
        new Mistake("no body", post(""), 400, "malformed-body", "Send one JSON object"),
        new Mistake(
            "broken JSON", post("{\"task\": "), 400, "malformed-body", "Send one JSON object"),
        new Mistake("comma", post("{\"task\": \"a\",}"), 400, "malformed-body", "one JSON object"),
        new Mistake("a list", post("[" + sheet + "]"), 400, "malformed-body", "one JSON object"),
        new Mistake("gzip", post("\u001f\u008b"), 400, "malformed-body", "one JSON object"),
        new Mistake("two objects", post(sheet + sheet), 400, "malformed-body", "one JSON object"),
        new Mistake(
            "a brace too many", post(sheet + "}"), 400, "malformed-body", "one JSON object"),
        new Mistake(
            "no UTF-8",
            new Request(
                "POST",
                "/api/v1/vendors",
                BodyPublishers.ofByteArray(
                    "{\"account_name\": \"Müller\"}".getBytes(StandardCharsets.ISO_8859_1)),
                List.of("Content-Type", JSON)),
            400,
            "malformed-body",
            "in UTF-8"),
        new Mistake("101 deep", nested(101), 400, "malformed-body", "one JSON object"),
        new Mistake(
            "a form",
            post("/api/v1/tasks", "task=billing.sheet", "application/x-www-form-urlencoded"),
            415,
            "unsupported-media-type",
            JSON),
        new Mistake(
            "XML",
            post("/api/v1/tasks", "<task/>", "application/xml"),
            415,
            "unsupported-media-type",
            JSON),
        new Mistake(
            "a file as a form",
            post("/api/v1/imports", "--b--", "multipart/form-data; boundary=b"),
            415,
            "unsupported-media-type",
            "text/csv"),
        new Mistake(
            "no type",
            untyped("/api/v1/tasks", sheet),
            415,
            "unsupported-media-type",
            "no Content-Type. Allowed types: [application/json]"),
        new Mistake(
            "a file without a type",
            untyped("/api/v1/imports", "date_billed,account_name,payable\r\n"),
            415,
            "unsupported-media-type",
            "no Content-Type. Allowed types: [text/csv]"),
        new Mistake(
            "compressed JSON",
            post("\u001f\u008b").with("Content-Encoding", "gzip"),
            415,
            "unsupported-media-type",
            "Content-Encoding: gzip"),
        new Mistake(
            "a file in an unknown encoding",
            post("/api/v1/imports", "date_billed,account_name,payable\r\n", "text/csv")
                .with("Content-Encoding", "br"),
            415,
            "unsupported-upload",
            "Content-Encoding br"),
        new Mistake(
            "too large",
            post("{\"task\": \"%s\"}".formatted("a".repeat(2_000_000))),
            413,
            "request-entity-too-large",
            "Send less"));
  }

  private static Stream<Mistake> fields() {
    return Stream.of(
        new Mistake(
            "unknown field",
            post("{\"tsk\": \"billing.sheet\"}"),
            422,
            "invalid-fields",
            "/tsk: is not a known field; check the spelling"),
        new Mistake(
            "text for a number",
            post("/api/v1/billings", "{\"vendor_id\": \"Ada\"}", JSON),
            422,
            "invalid-fields",
            "/vendor_id: "),
        new Mistake(
            "a fraction for an id",
            post("/api/v1/billings", "{\"vendor_id\": 1.5}", JSON),
            422,
            "invalid-fields",
            "/vendor_id: must be a whole number"),
        new Mistake(
            "a fraction for an id among the parameters",
            post(
                "{\"task\": \"billing.sheet\","
                    + " \"parameters\": {\"billing_date\": \"2026-01-05\", \"vendor_id\": 1.5}}"),
            422,
            "invalid-parameters",
            "/vendor_id must be of type integer"),
        new Mistake(
            "66 levels deep", nested(66), 422, "invalid-parameters", "/a is not a known field"),
        new Mistake(
            "100 levels deep", nested(100), 422, "invalid-parameters", "/a is not a known field"),
        new Mistake(
            "a parameter twice",
            post(
                "{\"task\": \"billing.sheet\", \"parameters\":"
                    + " {\"billing_date\": \"2026-01-05\", \"billing_date\": \"2026-01-06\"}}"),
            422,
            "invalid-fields",
            "/parameters/billing_date: is given twice"),
        new Mistake(
            "a name twice",
            post("/api/v1/vendors", "{\"account_name\": \"Ada\", \"account_name\": \"Eve\"}", JSON),
            422,
            "invalid-fields",
            "/account_name: is given twice"),
        new Mistake(
            "half a character",
            post("/api/v1/vendors", "{\"account_name\": \"\\ud800\"}", JSON),
            422,
            "invalid-fields",
            "/account_name: contains half of a surrogate pair"),
        new Mistake(
            "half a character in a name",
            post("/api/v1/vendors", "{\"\\ud800\": 1}", JSON),
            422,
            "invalid-fields",
            "half of a surrogate pair"),
        new Mistake(
            "a number for money",
            post("/api/v1/billings", "{\"payable\": 12.50}", JSON),
            422,
            "invalid-fields",
            "/payable: must be text, in quotes"),
        new Mistake(
            "an eta without a time zone",
            post(LATER.formatted("\"2031-01-05T08:00:00\"")),
            422,
            "invalid-fields",
            "/eta: has no time zone; add \"Z\" for UTC"),
        new Mistake(
            "a number for an eta",
            post(LATER.formatted("1927353600")),
            422,
            "invalid-fields",
            "/eta: must be text, in quotes"),
        new Mistake(
            "an eta without a time zone in a group",
            post(
                "/api/v1/task-groups",
                "{\"tasks\": [%s]}".formatted(LATER.formatted("\"2031-01-05T08:00:00\"")),
                JSON),
            422,
            "invalid-fields",
            "/tasks/0/eta: has no time zone"),
        new Mistake(
            "a truth for text",
            post("/api/v1/vendors", "{\"account_name\": true}", JSON),
            422,
            "invalid-fields",
            "/account_name: "),
        new Mistake(
            "nothing", post("/api/v1/users", "{}", JSON), 422, "invalid-fields", "/email: "),
        new Mistake(
            "no task of ours",
            post("{\"task\": \"x\", \"parameters\": {}}"),
            422,
            "unknown-task",
            "billing.sheet"),
        new Mistake(
            "30 February",
            post(SHEET.formatted("2026-02-30")),
            422,
            "invalid-parameters",
            "/billing_date"),
        new Mistake(
            "a date in another form",
            post(SHEET.formatted("05/01/2026")),
            422,
            "invalid-parameters",
            "/billing_date"),
        new Mistake(
            "a sheet of an unknown vendor",
            post(
                "{\"task\": \"billing.sheet\", \"parameters\":"
                    + " {\"billing_date\": \"2026-01-05\", \"vendor_id\": 4242424242}}"),
            422,
            "invalid-parameters",
            "/vendor_id is not the id of a vendor"),
        new Mistake(
            "an unknown vendor",
            post(
                "/api/v1/billings",
                "{\"vendor_id\": 4242424242, \"date_billed\": \"2026-01-05\", \"payable\": \"1\"}",
                JSON),
            422,
            "invalid-fields",
            "/vendor_id: is not the id of a vendor"));
  }

  private static Stream<Mistake> queries() {
    return Stream.of(
        query("status=pending", "?status: must be one of [PENDING, STARTED"),
        query("staus=PENDING", "?staus: is not a parameter of this route"),
        query("status=DONE", "?status: "),
        new Mistake(
            "no year", get("/api/v1/payables"), 422, "invalid-fields", "?year: is required"),
        query("limit=1000", "?limit: is not a number from 1 to 200"),
        query("limit=", "?limit: is empty; give it a value or remove it"),
        query("limit=1&limit=2", "?limit: is given twice"),
        query("cursor=abc", "begin again without it"),
        query("from=yesterday", "?from: must be a time with a time zone"),
        query("from=2031-01-05T08:00:00", "?from: has no time zone"),
        query("from=1927353600", "?from: must be a time with a time zone"),
        query("from=2031-01-05T08:00:00+02:00", "send it as \"%2B\": 2031-01-05T08:00:00%2B02:00"),
        query("task=%FF", "?task: is not UTF-8"));
  }

  private static Stream<Mistake> headers() {
    return Stream.of(
        new Mistake(
            "Accept that nobody can meet",
            get("/api/v1/users").with("Accept", "application/xml"),
            406,
            "not-acceptable",
            JSON),
        new Mistake(
            "Accept of a browser",
            get("/api/v1/nowhere").with("Accept", "text/html"),
            404,
            "not-found",
            "Check the path"),
        new Mistake(
            "unfit Idempotency-Key",
            post("/api/v1/vendors", "{\"account_name\": \"Ada & Co\"}", JSON)
                .with("Idempotency-Key", "two words"),
            400,
            "bad-idempotency-key",
            "1 to 255 visible ASCII characters"),
        new Mistake(
            "page of another origin",
            get("/api/v1/users").with("Origin", "https://elsewhere.example"),
            403,
            "forbidden",
            "Call it from a program"),
        new Mistake(
            "endless header",
            get("/api/v1/users").with("X-Long", "a".repeat(20_000)),
            413,
            "request-entity-too-large",
            "Send less"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsToldInAWayThatHelps(Mistake mistake) {
    HttpResponse<String> answer = mistake.request().send();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(mistake.status());
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.get("type").asString()).isEqualTo("urn:tallyman:problem:" + mistake.slug());
    assertThat(problem.get("status").asInt()).isEqualTo(mistake.status());
    assertThat(problem.get("detail").asString()).contains(mistake.says());
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(answer.headers().firstValue("X-Request-Id"))
        .hasValue(problem.get("request_id").asString());
  }

  /** A request id that is not safe in a log is replaced. The request is still served. */
  @Test
  void unfitRequestIdIsReplaced() {
    HttpResponse<String> answer = get("/api/v1/users").with("X-Request-Id", "<script>").send();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f-]{36}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/tasks", "/api/v1/tasks/" + TASK, "/nowhere", "/docs"})
  void headIsAnsweredAsGetWithoutItsBody(String path) {
    HttpResponse<String> head =
        new Request("HEAD", path, BodyPublishers.noBody(), List.of()).send();

    assertThat(head.statusCode()).isEqualTo(get(path).send().statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("X-Request-Id")).isPresent();
  }

  /** A UUID may have capitals, and a character of the path may be percent-encoded. */
  @Test
  void idInAnotherSpellingIsTheSameId() {
    String id = GATEWAY.submit("billing.sheet", Map.of("billing_date", "2009-01-05"));

    for (String spelling : List.of(id.toUpperCase(Locale.ROOT), id.replace("-", "%2D"), id + "/")) {
      HttpResponse<String> answer = get("/api/v1/tasks/" + spelling).send();

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"task_id\":\"" + id + "\"");
    }
  }

  /** An extra slash at the end is accepted. */
  @Test
  void slashAtTheEndIsForgiven() {
    assertThat(get("/api/v1/users/").send().statusCode()).isEqualTo(200);
  }

  private static Mistake query(String query, String says) {
    return new Mistake('?' + query, get("/api/v1/tasks?" + query), 422, "invalid-fields", says);
  }

  /** A task whose body has this many nested levels. */
  private static Request nested(int depth) {
    return post(
        "{\"task\": \"billing.sheet\", \"parameters\": "
            + "{\"a\": ".repeat(depth - 1)
            + 1
            + "}".repeat(depth));
  }

  private static Request get(String path) {
    return new Request("GET", path, BodyPublishers.noBody(), List.of());
  }

  private static Request untyped(String path, String body) {
    return new Request("POST", path, BodyPublishers.ofString(body), List.of());
  }

  private static Request post(String json) {
    return post("/api/v1/tasks", json, JSON);
  }

  private static Request post(String path, String body, String type) {
    return new Request("POST", path, BodyPublishers.ofString(body), List.of("Content-Type", type));
  }
}
