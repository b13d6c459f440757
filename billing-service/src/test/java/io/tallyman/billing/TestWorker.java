package io.tallyman.billing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A client that submits tasks, and a worker that sends over HTTP what a test wants. */
public record TestWorker(RunningService service) {
  public static final String RETRY = failed("RETRY");
  public static final String OUTAGE =
      RETRY
          .replace("rows-interrupted", "store-failed")
          .replace("\"RETRY\"", "\"RETRY\", \"outage\": true");
  public static final String GIVE_UP = failed("GIVE_UP");
  public static final String RELEASED = "{\"outcome\": \"RELEASED\"}";

  /** The content of the sheet that {@link #done} reports. */
  public static final String SHEET = "date_billed,payable\r\n2022-03-31,1.00\r\n";

  public static final String SHA256 =
      "37249e5f64099163c37849f8981871f3e50822c0686b3f800a434ba5d1685471";

  /** A field of a new task that cannot start during a test. */
  public static String notDue() {
    return "\"eta\": \"%s\"".formatted(Instant.now().plus(Duration.ofDays(30)));
  }

  /** Submits a sheet task and returns its id. */
  public UUID submit() {
    return submit("\"priority\": 4");
  }

  public UUID submit(String more) {
    return id(
        service.post(
            "/tasks",
            """
            {"task": "billing.sheet", "parameters": {"billing_date": "2022-03-31"}, %s}
            """
                .formatted(more)));
  }

  /** Submits an import task with a file that no test reads, and returns its id. */
  public UUID submitImport() {
    return submitImport("");
  }

  public UUID submitImport(String query) {
    return id(
        service.send(
            HttpRequest.newBuilder(service.uri("/imports" + query))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("date_billed\r\n"))));
  }

  public UUID stagedImport(String rows) {
    return stagedImport("", rows);
  }

  /** Submits an import, begins its first attempt and stages rows. Returns the id of the task. */
  public UUID stagedImport(String query, String rows) {
    UUID id = submitImport(query);
    claim(id);
    assertThat(stage(id, 1, rows).status()).isEqualTo(200);
    return id;
  }

  public Answer task(UUID id) {
    return service.get("/tasks/" + id);
  }

  public String status(UUID id) {
    return task(id).text("status");
  }

  public Answer cancel(UUID id) {
    return service.post("/tasks/" + id + "/cancel", "");
  }

  /** Claims a task with its latest dispatch number. */
  public Answer claim(UUID id) {
    return claim(id, UUID.randomUUID(), dispatchNo(id));
  }

  public Answer claim(UUID id, UUID claimId, int dispatchNo) {
    return service.post(
        "/internal/tasks/" + id + "/attempts",
        """
        {"claim_id": "%s", "worker_id": "worker-1", "dispatch_no": %d}
        """
            .formatted(claimId, dispatchNo));
  }

  public int dispatchNo(UUID id) {
    return service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select("SELECT dispatch_no FROM task WHERE id = ?", id)
                    .mapTo(Integer.class)
                    .one());
  }

  public Answer heartbeat(UUID id, int attempt, long done) {
    return service.put(
        attempt(id, attempt),
        """
        {"progress": {"phase": "writing", "unit": "rows", "done": %d, "total": null}}
        """
            .formatted(done));
  }

  public String verdict(UUID id, int attempt) {
    return heartbeat(id, attempt, 1).text("verdict");
  }

  public Answer outcome(UUID id, int attempt, String outcome) {
    return service.put(attempt(id, attempt) + "/outcome", outcome);
  }

  /** Writes the sheet of an attempt and reports DONE. */
  public Answer done(UUID id, int attempt) {
    return done(id, attempt, wrote(SHEET.getBytes(UTF_8).length));
  }

  /** Reports DONE and sends the sheet with it, as it is done with a small one. */
  public Answer doneInline(UUID id, int attempt) {
    String content = Base64.getEncoder().encodeToString(SHEET.getBytes(UTF_8));
    return outcome(id, attempt, wrote(SHEET.getBytes(UTF_8).length, content));
  }

  /**
   * @param content the bytes of the sheet in Base64
   */
  public static String wrote(int bytes, String content) {
    return wrote(bytes).replace("\"sheet\": {", "\"sheet\": {\"content\": \"" + content + "\",");
  }

  /** Reports DONE like a worker of an earlier release, without progress. */
  public Answer doneWithoutProgress(UUID id, int attempt) {
    String outcome = wrote(SHEET.getBytes(UTF_8).length);
    return done(id, attempt, outcome.replaceFirst(",\\s+\"progress\": \\{[^}]*}", ""));
  }

  private Answer done(UUID id, int attempt, String outcome) {
    try {
      Files.writeString(service.sheet(id, attempt), SHEET);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return outcome(id, attempt, outcome);
  }

  public static String wrote(int bytes) {
    return """
    {"outcome": "DONE", "result": null, "sheet": {
      "file_name": "billing-2022-03-31.csv",
      "columns": [{"name": "date_billed", "type": "date"}, {"name": "payable", "type": "decimal"}],
      "rows": 1, "totals": [{"currency": "GBP", "payable": "1.00"}],
      "bytes": %d, "sha256": "%s", "snapshot_at": "2026-01-02T03:04:05.678901Z"},
      "progress": {"phase": "writing", "unit": "rows", "done": 1, "total": 1}}
    """
        .formatted(bytes, SHA256);
  }

  public Answer stage(UUID id, int attempt, String rows) {
    return service.send(
        HttpRequest.newBuilder(service.uri(attempt(id, attempt) + "/staging"))
            .header("Content-Type", "text/csv")
            .PUT(BodyPublishers.ofString(rows)));
  }

  /** The refused rows among the staged ones, as CSV. */
  public String refusals(UUID id, int attempt) {
    return service.get(attempt(id, attempt) + "/staging/refusals").body();
  }

  /** Reports an import whose rows were all good. */
  public Answer imported(UUID id, int attempt, int rows) {
    return outcome(
        id,
        attempt,
        """
        {"outcome": "DONE", "sheet": null, "result": {"rows": %d, "refused": 0}}
        """
            .formatted(rows));
  }

  private static UUID id(Answer accepted) {
    return UUID.fromString(accepted.text("task_id"));
  }

  private static String attempt(UUID id, int attempt) {
    return "/internal/tasks/" + id + "/attempts/" + attempt;
  }

  private static String failed(String outcome) {
    return """
    {"outcome": "%s", "error": {
      "type": "urn:tallyman:problem:rows-interrupted",
      "title": "The stream of rows was interrupted", "detail": "so"}}
    """
        .formatted(outcome);
  }
}
