package io.tallyman.e2e.chaos;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.Moment;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The data before answers are lost, the possible requests, and the accepted tasks. */
final class LostWorld {
  /** Routes whose answers always differ. */
  static final Set<String> CHANGE = Set.of("/api/v1/workers", "/api/v1/stats");

  /** The password of all users. */
  static final String WORD = "a long and quiet word";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Bills BILLS = new Bills(2051, 300);
  private static final Map<String, ?> YEAR = Map.of("from", "2051-01-01", "to", "2051-12-31");
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv";

  private final Gateway gateway;
  private final Set<String> tasks = new LinkedHashSet<>();
  private final JsonNode user;
  private final JsonNode vendor;
  private final JsonNode billing;
  private final String group;
  private final String sheetTask;
  private final String sheet;
  private int made;

  LostWorld(Gateway gateway) {
    this.gateway = gateway;
    user = made("/api/v1/users", newUser());
    vendor = made("/api/v1/vendors", newVendor());
    billing = made("/api/v1/billings", newBilling());
    gateway.awaitSuccess(submit("/api/v1/imports", CSV, BILLS.csv()), PATIENCE);
    sheetTask = submitSheet();
    sheet = gateway.awaitSuccess(sheetTask, PATIENCE).get("sheet_id").asString();
    Answer grouped = gateway.answer(request("/api/v1/task-groups", JSON, newGroup()));
    group = grouped.header("Location");
    accepted(grouped.body()).forEach(id -> gateway.awaitSuccess(id, PATIENCE));
  }

  /** The readable paths, by the route of the service. */
  Map<String, String> reads() {
    Map<String, String> reads = new LinkedHashMap<>();
    reads.put("billing-service GET /task-types", "/api/v1/task-types");
    reads.put("billing-service GET /tasks", "/api/v1/tasks?limit=3");
    reads.put("billing-service GET /tasks/count", "/api/v1/tasks/count?status=SUCCESS");
    reads.put("billing-service GET /tasks/{id}", "/api/v1/tasks/" + sheetTask);
    reads.put("billing-service GET /tasks/{id}/events", "/api/v1/tasks/" + sheetTask + "/events");
    reads.put("billing-service GET /task-groups/{id}", group);
    reads.put("billing-service GET /workers", "/api/v1/workers");
    reads.put("billing-service GET /stats", "/api/v1/stats");
    reads.put("billing-service GET /sheets", "/api/v1/sheets");
    reads.put("billing-service GET /sheets/{id}", "/api/v1/sheets/" + sheet);
    reads.put("billing-service GET /vendors", "/api/v1/vendors");
    reads.put("billing-service GET /vendors/{id}", "/api/v1/vendors/" + id(vendor));
    reads.put("billing-service GET /import-profiles", "/api/v1/import-profiles");
    reads.put("billing-service GET /import-profiles/{name}", profile());
    reads.put("billing-service GET /billings", "/api/v1/billings");
    reads.put("billing-service GET /billings/{id}", "/api/v1/billings/" + id(billing));
    reads.put("billing-service GET /payables", "/api/v1/payables?year=2051");
    reads.put("billing-service GET /payables/vendors", "/api/v1/payables/vendors?year=2051");
    reads.put("user-service GET /users", "/api/v1/users?ids=" + id(user));
    reads.put("user-service GET /users/{id}", "/api/v1/users/" + id(user));
    return reads;
  }

  String sheet() {
    return sheet;
  }

  String user() {
    return "/api/v1/users/" + id(user);
  }

  String vendor() {
    return "/api/v1/vendors/" + id(vendor);
  }

  String overview() {
    return user() + "/overview";
  }

  /** A profile that is read. */
  String profile() {
    return putProfile("kept");
  }

  /** Makes the profile, unless it is there. */
  String putProfile(String name) {
    String path = "/api/v1/import-profiles/" + name;
    gateway.answer(request(path, JSON, "").PUT(BodyPublishers.ofString("{\"options\": {}}")));
    return path;
  }

  String newUser() {
    int number = ++made;
    return """
    {"name": "Ada Okafor", "email": "lost-%d@example.org", "username": "lost-%d",
     "password": "%s", "roles": ["clerk", "viewer"]}
    """
        .formatted(number, number, WORD);
  }

  /** The body of a login of a user who exists. */
  String login() {
    return login(user);
  }

  /** The body of a login of a new user. */
  String newLogin() {
    return login(made("/api/v1/users", newUser()));
  }

  private static String login(JsonNode user) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}"
        .formatted(user.get("username").asString(), WORD);
  }

  String accessToken() {
    return accessToken(login());
  }

  /**
   * @param login the body of a login
   */
  String accessToken(String login) {
    return tokens(login).get("access_token").asString();
  }

  /** A request with an access token or an API key. */
  HttpRequest.Builder as(String token, String path) {
    return gateway.request(path).setHeader("Authorization", "Bearer " + token);
  }

  /** Without a token. Only a route of a live stream takes a ticket, and this one has an end. */
  HttpRequest.Builder withTicket(String ticket) {
    return gateway
        .request("/api/v1/tasks/" + sheetTask + "/events?ticket=" + ticket)
        .setHeader("Authorization", "Basic Og==")
        .GET();
  }

  HttpRequest.Builder newApiKey(String token) {
    return as(token, "/api/v1/api-keys")
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofString("{\"name\": \"lost\", \"scopes\": [\"clerk\"]}"));
  }

  /** The body of a refresh or a logout of a new login. */
  String refreshToken() {
    return "{\"refresh_token\": \"%s\"}".formatted(tokens(login()).get("refresh_token").asString());
  }

  private JsonNode tokens(String login) {
    return gateway.answer(request("/api/v1/auth/login", JSON, login)).body();
  }

  String newVendor() {
    return "{\"account_name\": \"Lost %d\", \"manager_id\": %s}".formatted(++made, id(user));
  }

  String newBilling() {
    return """
    {"vendor_id": %s, "date_billed": "2052-01-05", "payable": "%d.00", "currency": "GBP"}
    """
        .formatted(id(vendor), ++made);
  }

  String newTask() {
    return task("billing.sheet", YEAR);
  }

  String newGroup() {
    return "{\"tasks\": [%s, %s]}".formatted(newTask(), newTask());
  }

  /** An import whose rows and vendor are all new. */
  String newFile() {
    int number = ++made;
    return "date_billed,account_name,payable,currency\r\n2053-01-01,File %d,%d.00,GBP\r\n"
        .formatted(number, number);
  }

  /**
   * An import whose second row is refused by the worker, and whose third row by billing-service.
   */
  String newBadFile() {
    return newFile() + "2053-02-30,Nobody,1.00,GBP\r\n2053-01-01,Nobody,1.00,\r\n";
  }

  String newForeignFile() {
    return "no,billings\r\n" + ++made + ",1\r\n";
  }

  String finishedImport() {
    String id = submit("/api/v1/imports", CSV, newFile());
    gateway.awaitSuccess(id, PATIENCE);
    return id;
  }

  /** An import of a file without the columns of ours. */
  String failedImport() {
    String id = submit("/api/v1/imports", CSV, newForeignFile());
    gateway.awaitFailure(id, PATIENCE);
    return id;
  }

  /** An import whose only row an earlier import added. */
  String repeatedImport() {
    String file = newFile();
    gateway.awaitSuccess(submit("/api/v1/imports", CSV, file), PATIENCE);
    String id = submit("/api/v1/imports", CSV, file);
    gateway.awaitSuccess(id, PATIENCE);
    return id;
  }

  String cancelledTask() {
    String id = laterTask();
    gateway.post("/api/v1/tasks/" + id + "/cancel");
    return id;
  }

  /** A task that starts in the distant future. */
  String laterTask() {
    return submit("/api/v1/tasks", JSON, later());
  }

  String laterGroup() {
    Answer answer =
        gateway.answer(request("/api/v1/task-groups", JSON, "{\"tasks\": [" + later() + "]}"));
    accepted(answer.body());
    return answer.header("Location");
  }

  String submitSheet() {
    return submit("/api/v1/tasks", JSON, newTask());
  }

  String submitPayables() {
    return submit("/api/v1/tasks", JSON, task("billing.total_payables", Map.of("year", 2051)));
  }

  /** A sheet that contains a manager. */
  String submitAssignments() {
    return submit(
        "/api/v1/tasks",
        JSON,
        task("billing.assignments", Map.of("from", "2051-01-01", "to", "2053-12-31")));
  }

  String submitFile(String csv) {
    return submit("/api/v1/imports", CSV, csv);
  }

  String submitUndo(String imported) {
    Answer answer = gateway.post("/api/v1/imports/" + imported + "/undo");
    return accepted(answer.body()).getFirst();
  }

  /** Submits the cancellation of all unfinished tasks from this one on. */
  String submitCancellation(String first) {
    String from = gateway.task(first).get("created_at").asString();
    return accepted(gateway.post("/api/v1/tasks/cancel", Map.of("from", from)).body()).getFirst();
  }

  String submitDuplicates(String imported) {
    Answer answer = gateway.post("/api/v1/imports/" + imported + "/duplicates");
    return accepted(answer.body()).getFirst();
  }

  /** Records the tasks in an answer. */
  List<String> accepted(JsonNode answer) {
    List<String> ids =
        answer.has("tasks")
            ? answer.get("tasks").valueStream().map(LostWorld::task).toList()
            : answer.has("task_id") ? List.of(task(answer)) : List.of();
    tasks.addAll(ids);
    return ids;
  }

  Set<String> tasks() {
    return tasks;
  }

  List<String> vendorsByName() {
    return all("/api/v1/vendors?limit=200", "account_name");
  }

  List<String> payablesOfBillings() {
    return all("/api/v1/billings?limit=200&vendor_id=" + id(vendor), "payable");
  }

  int workers() {
    return gateway.get("/api/v1/workers").body().path("data").size();
  }

  /** Empty while no worker runs it. */
  String workerOf(String task) {
    return gateway
        .get("/api/v1/tasks/" + task + "/events")
        .body()
        .get("data")
        .valueStream()
        .map(event -> event.get("worker_id").asString(""))
        .filter(worker -> !worker.isEmpty())
        .findFirst()
        .orElse("");
  }

  HttpRequest.Builder request(String path, String type, String body) {
    return gateway.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
  }

  private String submit(String path, String type, String body) {
    Answer answer = gateway.answer(request(path, type, body));
    if (answer.status() != 202) {
      throw new AssertionError(answer.toString());
    }
    return accepted(answer.body()).getFirst();
  }

  private JsonNode made(String path, String body) {
    Answer answer =
        gateway.answer(
            request(path, JSON, body).header("Idempotency-Key", UUID.randomUUID().toString()));
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    return answer.body();
  }

  private List<String> all(String path, String field) {
    return gateway
        .get(path)
        .body()
        .get("data")
        .valueStream()
        .map(row -> row.get(field).asString())
        .toList();
  }

  private static String later() {
    return newTask(task("billing.sheet", YEAR), Moment.later());
  }

  private static String newTask(String task, String eta) {
    return task.substring(0, task.length() - 1) + ", \"eta\": \"" + eta + "\"}";
  }

  private static String task(String type, Map<String, ?> parameters) {
    return JsonMapper.shared().writeValueAsString(Map.of("task", type, "parameters", parameters));
  }

  private static String task(JsonNode told) {
    return told.get("task_id").asString();
  }

  private static String id(JsonNode made) {
    return made.get("id").asString();
  }
}
