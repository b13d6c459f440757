package io.tallyman.e2e.chaos;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The calls of a worker for each kind of task. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum Working {
  CLAIM("/claims", "POST", false, "SUCCESS", LostWorld::submitSheet),
  SHEET_DONE("/outcomes", "POST", false, "SUCCESS", LostWorld::submitSheet),
  IMPORT_DONE(Working.OUTCOME, "PUT", false, "SUCCESS", world -> world.submitFile(world.newFile())),
  UNDO_DONE(Working.OUTCOME, "PUT", false, "SUCCESS", _ -> ""),
  GIVEN_UP(
      Working.OUTCOME, "PUT", false, "FAILURE", world -> world.submitFile(world.newForeignFile())),
  ROWS("/billings/rows", "GET", true, "SUCCESS", LostWorld::submitSheet),
  PAYABLES("/payables/rows", "GET", true, "SUCCESS", LostWorld::submitPayables),
  ASSIGNMENTS("/assignments/rows", "GET", true, "SUCCESS", LostWorld::submitAssignments),
  DUPLICATES("/imports/{id}/duplicates", "GET", true, "SUCCESS", _ -> ""),
  BULK("/tasks/{id}/attempts/{attempt}/bulk-steps", "POST", true, "SUCCESS", _ -> ""),
  MANAGERS("user-service GET /internal/users", true, "SUCCESS", LostWorld::submitAssignments),
  STAGING(
      "/tasks/{id}/attempts/{attempt}/staging",
      "PUT",
      true,
      "SUCCESS",
      world -> world.submitFile(world.newFile())),
  REFUSALS(
      "/tasks/{id}/attempts/{attempt}/staging/refusals",
      "GET",
      true,
      "SUCCESS",
      world -> world.submitFile(world.newBadFile()));

  private static final String OUTCOME = "/tasks/{id}/attempts/{attempt}/outcome";

  final String route;
  final String end;

  /** Whether the worker gives up the attempt; otherwise it repeats the call. */
  final boolean spendsAttempts;

  private final Function<LostWorld, String> submission;

  Working(
      String path,
      String method,
      boolean spendsAttempts,
      String end,
      Function<LostWorld, String> submission) {
    this("billing-service " + method + " /internal" + path, spendsAttempts, end, submission);
  }

  Working(
      String route, boolean spendsAttempts, String end, Function<LostWorld, String> submission) {
    this.route = route;
    this.end = end;
    this.spendsAttempts = spendsAttempts;
    this.submission = submission;
  }

  /** Creates the required data, and then submits the task. */
  Supplier<String> prepare(LostWorld world) {
    if (this == UNDO_DONE) {
      String imported = world.finishedImport();
      return () -> world.submitUndo(imported);
    }
    if (this == DUPLICATES) {
      String imported = world.repeatedImport();
      return () -> world.submitDuplicates(imported);
    }
    if (this == BULK) {
      String later = world.laterTask();
      return () -> world.submitCancellation(later);
    }
    return () -> submission.apply(world);
  }

  /** More checks of the ended task. */
  boolean isSeenIn(JsonNode ended) {
    return expectation().test(ended);
  }

  private Predicate<JsonNode> expectation() {
    return switch (this) {
      case IMPORT_DONE, STAGING -> task -> task.at("/result/imported").asLong() == 1;
      case REFUSALS -> task -> task.at("/result/refused").asLong() == 2;
      case CLAIM, SHEET_DONE, ROWS -> task -> task.at("/result/rows").asLong() == 300;
      case PAYABLES, ASSIGNMENTS, MANAGERS -> task -> task.at("/result/rows").asLong() > 0;
      case DUPLICATES -> task -> task.at("/result/rows").asLong() == 1;
      case BULK -> task -> task.at("/result/changed").asLong() == 1;
      case UNDO_DONE -> task -> task.at("/result/billings_removed").asLong() == 1;
      case GIVEN_UP -> task -> task.at("/error/type").asString().endsWith(":header-mismatch");
    };
  }
}
