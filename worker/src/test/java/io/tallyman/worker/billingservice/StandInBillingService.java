package io.tallyman.worker.billingservice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.testkit.ServiceCredential;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A scripted stand-in for billing-service and user-service. A test gives a list of answers for each
 * kind of call; the last answer is repeated. All calls are recorded. Of a call with many items,
 * each is answered and recorded as if it had been sent alone; if one has no answer, the call has
 * none. A call without the credential of a worker is refused.
 */
public final class StandInBillingService implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final Set<String> BATCHES =
      Set.of("/internal/claims", "/internal/outcomes", "/internal/heartbeats");

  private final HttpServer server;
  private final Map<Call, List<Answer>> script = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<JsonNode> batches = new CopyOnWriteArrayList<>();
  private volatile boolean isOld;

  /** The kinds of calls that a worker makes. */
  public enum Call {
    CLAIM,
    HEARTBEAT,
    OUTCOME,
    ROWS,
    STAGING,
    REFUSALS,
    REPORT,
    LEAVE,
    SET_ASIDE,
    USERS;

    static Call of(HttpExchange exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (path.startsWith("/internal/workers/")) {
        return method.equals("DELETE") ? LEAVE : REPORT;
      }
      if (path.startsWith("/internal/unreadable-messages/")) {
        return SET_ASIDE;
      }
      if (path.equals("/internal/users")) {
        return USERS;
      }
      if (path.endsWith("/rows") || path.endsWith("/duplicates")) {
        return ROWS;
      }
      if (path.endsWith("/outcome") || path.equals("/internal/outcomes")) {
        return OUTCOME;
      }
      if (path.endsWith("/staging")) {
        return STAGING;
      }
      if (path.endsWith("/staging/refusals")) {
        return REFUSALS;
      }
      if (path.equals("/internal/heartbeats")) {
        return HEARTBEAT;
      }
      return method.equals("POST") ? CLAIM : HEARTBEAT;
    }

    /** The name of the items in a call that has many. */
    String items() {
      return switch (this) {
        case CLAIM -> "claims";
        case OUTCOME -> "outcomes";
        case HEARTBEAT -> "heartbeats";
        case ROWS, STAGING, REFUSALS, REPORT, LEAVE, SET_ASIDE, USERS ->
            throw new IllegalArgumentException(name());
      };
    }

    String service() {
      return this == USERS ? "user-service" : "billing-service";
    }
  }

  /**
   * An answer of one of the services. A call with the name of another service gets 421.
   *
   * @param status 0 to break the connection instead of answering
   */
  public record Answer(int status, Map<String, String> headers, String body, boolean isCut) {
    public static final Answer NONE = new Answer(0, Map.of(), "", false);

    public static Answer of(int status) {
      return json(status, "{}");
    }

    public static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body, false);
    }

    public static Answer csv(String body) {
      return new Answer(200, Map.of("Content-Type", "text/csv; charset=utf-8"), body, false);
    }

    public static Answer problem(int status, String slug) {
      String body =
          """
          {"type": "urn:tallyman:problem:%s", "title": "No", "status": %d}
          """
              .formatted(slug, status);
      return new Answer(status, Map.of("Content-Type", "application/problem+json"), body, false);
    }

    public static Answer verdict(Verdict verdict) {
      return json(200, "{\"verdict\": \"" + verdict + "\"}");
    }
  }

  /**
   * A recorded call.
   *
   * @param requestId the request id that the call carried; null if none
   * @param body text
   */
  public record Asked(Call call, URI uri, @Nullable String requestId, String body) {
    /** A field of a JSON body. */
    public String text(String field) {
      try {
        JsonNode json = Objects.requireNonNull(JSON.readValue(body, JsonNode.class));
        return Objects.requireNonNull(json.get(field)).getStringValue();
      } catch (IOException notJson) {
        throw new AssertionError(body, notJson);
      }
    }
  }

  private StandInBillingService(HttpServer server) {
    this.server = server;
    answer(Call.HEARTBEAT, Answer.verdict(Verdict.CONTINUE));
    answer(Call.OUTCOME, Answer.of(200));
    answer(Call.REPORT, Answer.of(204));
    answer(Call.LEAVE, Answer.of(204));
    answer(Call.SET_ASIDE, Answer.of(204));
  }

  public static StandInBillingService start() throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StandInBillingService service = new StandInBillingService(HttpServer.create(free, 0));
    service.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.server.createContext("/", service::handle);
    service.server.start();
    return service;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lines up the answers to a kind of call, in place of those it had. */
  public void answer(Call call, Answer... answers) {
    script.put(call, new CopyOnWriteArrayList<>(answers));
  }

  /** From now on it is of a release that does not know calls with many items. */
  public void becomeOld() {
    isOld = true;
  }

  /** The bodies of the calls with many items of this kind. */
  public List<JsonNode> batches(Call call) {
    return batches.stream().filter(batch -> batch.get(call.items()) != null).toList();
  }

  public List<Asked> asked(Call call) {
    return asked.stream().filter(one -> one.call() == call).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = Call.of(exchange);
      String body = read(exchange.getRequestBody());
      if (!ServiceCredential.isOf(
          "worker", call.service(), exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, Answer.problem(401, "unknown-caller"));
        return;
      }
      if (BATCHES.contains(exchange.getRequestURI().getPath())) {
        handleEach(exchange, call, Objects.requireNonNull(JSON.readValue(body, JsonNode.class)));
        return;
      }
      String requestId = exchange.getRequestHeaders().getFirst("X-Request-Id");
      asked.add(new Asked(call, exchange.getRequestURI(), requestId, body));
      String addressee = exchange.getRequestHeaders().getFirst("X-Addressee");
      Answer answer = call.service().equals(addressee) ? next(call) : Answer.of(421);
      if (answer.status() > 0) {
        send(exchange, answer);
      }
    }
  }

  private void handleEach(HttpExchange exchange, Call call, JsonNode batch) throws IOException {
    if (isOld) {
      send(exchange, Answer.problem(404, "not-found"));
      return;
    }
    batches.add(batch);
    List<String> answers = new ArrayList<>();
    for (JsonNode item : Objects.requireNonNull(batch.get(call.items())).values()) {
      asked.add(asked(call, item));
      Answer answer = next(call);
      if (answer.status() == 0) {
        return;
      }
      answers.add(item(call, answer));
    }
    String name = call == Call.HEARTBEAT ? "verdicts" : "answers";
    send(exchange, Answer.json(200, "{\"" + name + "\": [" + String.join(", ", answers) + "]}"));
  }

  /** The item as the call for one. */
  private static Asked asked(Call call, JsonNode item) throws IOException {
    String attempts = "/internal/tasks/" + text(item, "task_id") + "/attempts";
    JsonNode number = item.get("attempt");
    String attempt = attempts + (number == null ? "" : "/" + number.getIntValue());
    return switch (call) {
      case OUTCOME ->
          new Asked(
              call,
              URI.create(attempt + "/outcome"),
              text(item, "request_id"),
              JSON.writeValueAsString(Objects.requireNonNull(item.get("outcome"))));
      case HEARTBEAT ->
          new Asked(
              call,
              URI.create(attempt),
              null,
              "{\"progress\":"
                  + JSON.writeValueAsString(Objects.requireNonNull(item.get("progress")))
                  + "}");
      default -> new Asked(call, URI.create(attempts), null, JSON.writeValueAsString(item));
    };
  }

  private static String item(Call call, Answer answer) throws IOException {
    boolean isGood = answer.status() < 300;
    if (call == Call.HEARTBEAT) {
      return isGood
          ? JSON.writeValueAsString(
              Objects.requireNonNull(
                  Objects.requireNonNull(JSON.readValue(answer.body(), JsonNode.class))
                      .get("verdict")))
          : "\"CONTINUE\"";
    }
    String problem = isGood || !answer.body().contains("type") ? "null" : answer.body();
    return "{\"status\": %d, \"claimed\": %s, \"problem\": %s}"
        .formatted(answer.status(), isGood && call == Call.CLAIM ? answer.body() : "null", problem);
  }

  private static @Nullable String text(JsonNode item, String field) {
    JsonNode value = item.get(field);
    return value == null || value.isNull() ? null : value.getStringValue();
  }

  private Answer next(Call call) {
    List<Answer> answers = script.getOrDefault(call, List.of(Answer.of(500)));
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  private static String read(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (answer.status() == 204) {
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    int promised = answer.isCut() ? body.length + 1 : body.length;
    exchange.sendResponseHeaders(answer.status(), promised == 0 ? -1 : promised);
    OutputStream output = exchange.getResponseBody();
    output.write(body);
    output.flush();
  }
}
