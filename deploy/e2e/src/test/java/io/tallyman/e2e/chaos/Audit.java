package io.tallyman.e2e.chaos;

import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.chaos.Ledger.Cancelled;
import io.tallyman.e2e.chaos.Ledger.Entry;
import io.tallyman.e2e.chaos.Promise.Failed;
import io.tallyman.e2e.chaos.Promise.Imported;
import io.tallyman.e2e.chaos.Promise.Sheet;
import io.tallyman.e2e.chaos.Promise.TakenBack;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** Checks the promises of every task of a ledger from outside, with the API. */
final class Audit {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Set<String> ENDS = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private final Gateway gateway;
  private final Tally tally;
  private final Instant deadline = Instant.now().plus(PATIENCE);

  Audit(Gateway gateway, Tally tally) {
    this.gateway = gateway;
    this.tally = tally;
  }

  void audit(Entry entry) {
    JsonNode task = end(entry.id);
    String status = task.path("status").asString("");
    if (!ENDS.contains(status)) {
      tally.lost.add(entry.id + " " + task);
      return;
    }
    tally.ended(status, task.get("attempt").asInt());
    History history = History.told(get("/api/v1/tasks/" + entry.id + "/events"));
    tally.setBack(history.setbacks());
    history.faults(status).forEach(fault -> wrong(entry, fault));
    if (status.equals("REVOKED")) {
      tally.revokedFrom(history.lastButOne());
      require(entry, entry.cancelled != Cancelled.NO, "is REVOKED, and nobody cancelled it");
      require(entry, task.get("result").isNull(), "is REVOKED with a result");
      return;
    }
    require(entry, entry.cancelled != Cancelled.YES, "was cancelled, and is " + status);
    switch (entry.promise) {
      case Sheet sheet -> success(entry, task, () -> audit(entry, task.get("result"), sheet));
      case Imported imported ->
          success(entry, task, () -> audit(entry, task.get("result"), imported.bills()));
      case TakenBack(Bills bills) ->
          success(entry, task, () -> auditRemoved(entry, task.get("result"), bills));
      case Failed failed -> {
        String type = task.path("error").path("type").asString("");
        boolean expected = status.equals("FAILURE") && type.endsWith(":" + failed.reason());
        require(entry, expected, "should have failed for " + failed.reason() + ": " + task);
      }
    }
  }

  private void success(Entry entry, JsonNode task, Runnable more) {
    if (!task.get("status").asString().equals("SUCCESS")) {
      wrong(entry, "did not succeed: " + task);
      return;
    }
    tally.succeeded(entry, Instant.parse(task.get("date_done").asString()));
    more.run();
  }

  private void audit(Entry entry, JsonNode result, Sheet promised) {
    String id = result.get("sheet_id").asString();
    JsonNode manifest = get("/api/v1/sheets/" + id);
    byte[] content = content(id);
    Figures figures = promised.figures();
    same(entry, "result", Figures.told(result), figures);
    same(entry, "manifest", Figures.told(manifest), figures);
    same(entry, "sheet", Figures.counted(content, promised.amounts()), figures);
    same(entry, "digest", sha256(content), manifest.get("sha256").asString());
    same(entry, "task of the sheet", manifest.get("task_id").asString(), entry.id);
  }

  private void audit(Entry entry, JsonNode result, Bills bills) {
    same(entry, "imported", result.get("imported").asLong(), (long) bills.rows());
    same(entry, "duplicates", result.get("duplicates").asLong(), 0L);
    same(entry, "new vendors", result.get("vendors_created").asLong(), bills.vendors());
    if (!entry.takenBack) {
      same(entry, "payables", payables(bills), bills.figures(_ -> true).totals());
    }
  }

  private void auditRemoved(Entry entry, JsonNode result, Bills bills) {
    same(entry, "removed", result.get("billings_removed").asLong(), (long) bills.rows());
    same(entry, "removed vendors", result.get("vendors_removed").asLong(), bills.vendors());
    same(entry, "payables", payables(bills), new TreeMap<String, BigDecimal>());
  }

  private SortedMap<String, BigDecimal> payables(Bills bills) {
    return Figures.totals(get("/api/v1/payables?year=" + bills.year()).get("totals"));
  }

  /** The task when it has ended, or its state at the deadline. */
  private JsonNode end(String id) {
    Duration left = Duration.between(Instant.now(), deadline).plusSeconds(5);
    String path = "/api/v1/tasks/" + id;
    try {
      return await("end of " + id)
          .atMost(left.isPositive() ? left : Duration.ofSeconds(5))
          .pollDelay(Duration.ZERO)
          .pollInSameThread()
          .ignoreExceptions()
          .until(
              () -> gateway.get(path).body(),
              task -> ENDS.contains(task.path("status").asString("")));
    } catch (ConditionTimeoutException late) {
      return gateway.get(path).body();
    }
  }

  private JsonNode get(String path) {
    return untilAnswered(path, () -> gateway.get(path), answer -> answer.status() < 500).body();
  }

  private byte[] content(String sheet) {
    return untilAnswered(
            sheet, () -> gateway.content(sheet, "GET"), answer -> answer.statusCode() < 500)
        .body();
  }

  /** The part that was broken last may still be starting. */
  private static <T> T untilAnswered(String what, Callable<T> asking, Predicate<T> answered) {
    return await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .ignoreExceptions()
        .until(asking, answered);
  }

  private void same(Entry entry, String what, Object actual, Object expected) {
    require(entry, actual.equals(expected), what + " is " + actual + ", not " + expected);
  }

  private void require(Entry entry, boolean holds, String otherwise) {
    if (!holds) {
      wrong(entry, otherwise);
    }
  }

  private void wrong(Entry entry, String what) {
    tally.wrong.add(entry.id + " (" + entry.promise.getClass().getSimpleName() + ") " + what);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
