package io.tallyman.e2e;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The data that must exist before the examples can be tried, with its ids. */
public final class ContractWorld {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, ?> DAY = Map.of("billing_date", "2009-01-05");
  private static final Map<String, ?> LATER =
      Map.of("task", "billing.sheet", "parameters", DAY, "eta", Moment.later());

  private static final Set<String> UNIQUE =
      Set.of("email", "username", "account_number", "reference");

  private final Gateway gateway;
  private final Map<String, JsonNode> ids = new HashMap<>();
  private final NewUsers.Login login;
  private int made;

  public ContractWorld(Gateway gateway) {
    this.gateway = gateway;
    login = NewUsers.login();
    JsonNode user = add("/api/v1/users", login.user());
    ids.put("manager_id", user);
    JsonNode vendor =
        add("/api/v1/vendors", Map.of("account_name", "Contract Ltd", "manager_id", user));
    ids.put("vendor_id", vendor);
    ids.put("billing", add("/api/v1/billings", billing(vendor, "1998-01-07")));
    add("/api/v1/users", NewUsers.next());
    JsonNode another = add("/api/v1/vendors", Map.of("account_name", "Contract & Co"));
    add("/api/v1/billings", billing(another, "1998-01-07"));
    add("/api/v1/billings", billing(vendor, "2025-03-07"));
    add("/api/v1/billings", billing(another, "2025-03-07"));
    add("/api/v1/tasks", LATER);
    add("/api/v1/tasks", LATER);
    gateway.awaitSuccess(gateway.submit("billing.sheet", DAY), PATIENCE);
    ids.put("task_id", finishedSheet().get("task_id"));
    newProfile();
    newProfile();
  }

  /** Replaces the ids of the example by ids that exist. */
  public JsonNode here(JsonNode example) {
    JsonNode copy = example.deepCopy();
    if (copy instanceof ObjectNode fields) {
      fields
          .propertyNames()
          .forEach(name -> fields.set(name, ids.getOrDefault(name, here(fields.get(name)))));
    }
    return copy;
  }

  /**
   * Replaces the credentials and the refresh token of the example by those of a user who exists. A
   * new password of the user is the same as before.
   */
  JsonNode withLogin(JsonNode example) {
    JsonNode copy = example.deepCopy();
    if (copy instanceof ObjectNode fields) {
      if (fields.has("refresh_token")) {
        fields.set("refresh_token", tokens().get("refresh_token"));
      } else if (Set.copyOf(fields.propertyNames()).equals(login.credentials().keySet())) {
        login.credentials().forEach(fields::put);
      } else if (fields.has("current_password")) {
        fields.put("current_password", login.password()).put("new_password", login.password());
      }
    }
    return copy;
  }

  /** Of a user who exists. */
  String accessToken() {
    return tokens().get("access_token").asString();
  }

  private String newApiKey() {
    return ofOwnAccount("/api/v1/api-keys", Map.of("name", "contract", "scopes", List.of("clerk")));
  }

  private String newView() {
    return ofOwnAccount("/api/v1/views", Map.of("name", "contract", "query", ""));
  }

  private String ofOwnAccount(String path, Map<String, ?> body) {
    return gateway
        .answer(
            gateway
                .request(path)
                .setHeader("Authorization", "Bearer " + accessToken())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))))
        .body()
        .get("id")
        .asString();
  }

  private JsonNode tokens() {
    return gateway.post("/api/v1/auth/login", login.credentials()).body();
  }

  /** Replaces the names of the example by new ones, so that it can be created again. */
  JsonNode anew(JsonNode example) {
    JsonNode copy = example.deepCopy();
    if (copy instanceof ObjectNode fields) {
      UNIQUE.stream()
          .filter(fields::has)
          .forEach(name -> fields.put(name, "a" + ++made + fields.get(name).asString()));
    }
    return copy;
  }

  public String here(String parameter, JsonNode example) {
    return ids.containsKey(parameter) ? ids.get(parameter).asString() : example.asString();
  }

  /** An id for which the operation succeeds. */
  public String idFor(Contract.Operation operation) {
    return switch (operation.toString()) {
      case "DELETE /api/v1/api-keys/{id}" -> newApiKey();
      case "DELETE /api/v1/views/{id}" -> newView();
      case "POST /api/v1/imports/{id}/undo", "POST /api/v1/imports/{id}/duplicates" ->
          finishedImport();
      case "POST /api/v1/imports/{id}/retry" -> failedImport();
      case "POST /api/v1/tasks/{id}/cancel" -> id("/api/v1/tasks", LATER, "task_id");
      case "POST /api/v1/tasks/{id}/retry" -> cancelledTask();
      case "GET /api/v1/task-groups/{id}", "POST /api/v1/task-groups/{id}/cancel" ->
          id("/api/v1/task-groups", Map.of("tasks", List.of(LATER)), "group_id");
      default -> idOf(operation.path());
    };
  }

  private String idOf(String path) {
    // "", "api", "v1", and the resource
    return switch (List.of(path.split("/", -1)).get(3)) {
      case "tasks" -> finishedSheet().get("task_id").asString();
      case "sheets" -> finishedSheet().at("/result/sheet_id").asString();
      case "vendors" -> known("vendor_id");
      case "billings" -> known("billing");
      case "users" -> known("manager_id");
      case "import-profiles" -> newProfile();
      default -> throw new AssertionError("What id has " + path + "?");
    };
  }

  private String known(String name) {
    return Objects.requireNonNull(ids.get(name), name).asString();
  }

  private JsonNode finishedSheet() {
    return ids.computeIfAbsent(
        "sheet", _ -> gateway.awaitEnd(gateway.submit("billing.sheet", DAY), PATIENCE));
  }

  private String finishedImport() {
    String csv = "date_billed,account_name,payable,currency\r\n2009-01-06,Undone,%d.00,GBP\r\n";
    String id = gateway.importCsv(csv.formatted(++made), "");
    gateway.awaitSuccess(id, PATIENCE);
    return id;
  }

  /** No column of its file is known. */
  private String failedImport() {
    String id = gateway.importCsv("unknown\r\n%d\r\n".formatted(++made), "");
    gateway.awaitEnd(id, PATIENCE);
    return id;
  }

  private String newProfile() {
    String name = "profile-" + ++made;
    gateway.answer(
        gateway
            .request("/api/v1/import-profiles/" + name)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"options\": {}}")));
    return name;
  }

  private String cancelledTask() {
    return gateway.postAccepted(
        "/api/v1/tasks/" + id("/api/v1/tasks", LATER, "task_id") + "/cancel");
  }

  private JsonNode add(String path, Object body) {
    return JSON.readTree(id(path, body, path.endsWith("tasks") ? "priority" : "id"));
  }

  private String id(String path, Object body, String name) {
    return gateway.post(path, body).body().get(name).asString();
  }

  private Map<String, ?> billing(JsonNode vendor, String date) {
    return Map.of(
        "vendor_id", vendor, "date_billed", date, "payable", ++made + ".00", "currency", "GBP");
  }
}
