package io.tallyman.e2e.chaos;

import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.function.Function;

/** Requests that create something, and can be repeated with their key. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum Creation {
  TASK("billing-service POST /tasks", 202, "/api/v1/tasks", LostWorld::newTask),
  GROUP("billing-service POST /task-groups", 202, "/api/v1/task-groups", LostWorld::newGroup),
  IMPORT("billing-service POST /imports", 202, "/api/v1/imports", LostWorld::newFile),
  UNDO(
      "billing-service POST /imports/{id}/undo",
      202,
      world -> "/api/v1/imports/" + world.finishedImport() + "/undo",
      _ -> ""),
  IMPORT_RETRY(
      "billing-service POST /imports/{id}/retry",
      202,
      world -> "/api/v1/imports/" + world.failedImport() + "/retry",
      _ -> ""),
  DUPLICATES(
      "billing-service POST /imports/{id}/duplicates",
      202,
      world -> "/api/v1/imports/" + world.finishedImport() + "/duplicates",
      _ -> ""),
  RETRY(
      "billing-service POST /tasks/{id}/retry",
      202,
      world -> "/api/v1/tasks/" + world.cancelledTask() + "/retry",
      _ -> ""),
  /** Nothing matches. */
  CANCEL_ALL(
      "billing-service POST /tasks/cancel",
      202,
      "/api/v1/tasks/cancel",
      _ -> "{\"status\": \"RETRY\"}"),
  RETRY_ALL(
      "billing-service POST /tasks/retry",
      202,
      "/api/v1/tasks/retry",
      _ -> "{\"status\": \"STARTED\"}"),
  VENDOR("billing-service POST /vendors", 201, "/api/v1/vendors", LostWorld::newVendor),
  /** The gateway asks whether the manager exists before it creates the vendor. */
  VENDOR_OF_MANAGER("user-service GET /users/{id}", 201, "/api/v1/vendors", LostWorld::newVendor),
  BILLING("billing-service POST /billings", 201, "/api/v1/billings", LostWorld::newBilling),
  USER("user-service POST /users", 201, "/api/v1/users", LostWorld::newUser);

  final String route;
  final int status;
  final boolean makesAtThatRoute;
  private final Function<LostWorld, String> path;
  private final Function<LostWorld, String> body;

  Creation(String route, int status, String path, Function<LostWorld, String> body) {
    this(route, status, _ -> path, body);
  }

  Creation(
      String route,
      int status,
      Function<LostWorld, String> path,
      Function<LostWorld, String> body) {
    this.route = route;
    this.status = status;
    this.makesAtThatRoute = route.contains(" POST ");
    this.path = path;
    this.body = body;
  }

  Asked ask(LostWorld world) {
    String key = UUID.randomUUID().toString();
    String to = path.apply(world);
    String said = body.apply(world);
    return new Asked(
        () -> {
          HttpRequest.Builder request = world.request(to, type(), said);
          return request.header("Idempotency-Key", key);
        },
        to);
  }

  private String type() {
    return this == IMPORT ? "text/csv" : "application/json";
  }
}
