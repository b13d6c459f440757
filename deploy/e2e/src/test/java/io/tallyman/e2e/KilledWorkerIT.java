package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A worker that dies in the middle costs time, and nothing else. */
final class KilledWorkerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private final Stack stack = RunningStack.get();
  private final Gateway gateway = RunningStack.gateway();

  @TempDir private Path directory;

  @Test
  void anotherAttemptWritesTheSheetOfAKilledWorker() throws Exception {
    Billings billings = new Billings(2051, 200_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);
    gateway.awaitSuccess(gateway.importGzip(upload, ""), PATIENCE);

    String task =
        gateway.submit(
            "billing.sheet",
            Map.of("from", billings.first().toString(), "to", billings.last().toString()));
    Path unfinished = stack.directory().resolve("store/sheets/" + task + "-1.csv.part");
    spinUntil("the first rows are written", () -> sizeOf(unfinished) > 0);
    stack.kill(workerOf(task));

    JsonNode result = gateway.awaitSuccess(task, RECOVERY);
    assertThat(gateway.task(task).get("attempt").asInt()).isEqualTo(2);
    Path file = directory.resolve("sheet.csv");
    gateway.download(result.get("sheet_id").asString(), file);
    DownloadedSheet sheet = DownloadedSheet.read(file);
    assertThat(sheet.rows()).isEqualTo(200_000);
    assertThat(sheet.total()).isEqualByComparingTo(billings.total());
    assertThat(sheet.sha256()).isEqualTo(result.get("sha256").asString());
    await("what the dead attempt wrote is swept")
        .atMost(PATIENCE)
        .until(() -> Files.notExists(unfinished));
  }

  @Test
  void anotherAttemptImportsTheFileOfAKilledWorkerOnce() throws Exception {
    Billings billings = new Billings(2052, 200_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);

    String task = gateway.importGzip(upload, "");
    spinUntil("rows are being staged", () -> count(STAGING) > 0);
    stack.kill(workerOf(task));

    JsonNode result = gateway.awaitSuccess(task, RECOVERY);
    assertThat(gateway.task(task).get("attempt").asInt()).isEqualTo(2);
    assertThat(result.get("imported").asLong()).isEqualTo(200_000);
    assertThat(result.get("duplicates").asLong()).isZero();
    assertThat(count("SELECT count(*) FROM billing WHERE import_id = '" + task + "'"))
        .isEqualTo(200_000);
    await("staged rows are swept")
        .atMost(PATIENCE)
        .until(() -> count("SELECT count(*) FROM staged_billing") == 0);
  }

  private static final String STAGING =
      "SELECT coalesce(max(tuples_processed), 0) FROM pg_stat_progress_copy"
          + " WHERE relid = 'staged_billing'::regclass";

  private interface Condition {
    boolean holds() throws IOException, SQLException;
  }

  /** Awaitility looks ten times a second, which is too seldom to meet something in the middle. */
  private static void spinUntil(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static long sizeOf(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private String workerOf(String task) throws SQLException {
    try (Connection billing = DriverManager.getConnection(stack.jdbcUrl("billing"));
        PreparedStatement query =
            billing.prepareStatement("SELECT worker_id FROM task WHERE id = ?")) {
      query.setObject(1, UUID.fromString(task));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection billing = DriverManager.getConnection(stack.jdbcUrl("billing"));
        PreparedStatement query = billing.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
