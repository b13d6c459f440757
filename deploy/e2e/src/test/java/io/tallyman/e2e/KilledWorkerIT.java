package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A worker that is killed during a task costs only time. */
@OnBreakableStack
final class KilledWorkerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final List<String> IMPORTS = new ArrayList<>();
  private static final List<String> UNFINISHED = new ArrayList<>();

  private final Stack stack = RunningStack.BREAKABLE.embedded();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());

  @TempDir private Path directory;

  /** In the end: staged rows are swept every 30 s, sheets of lost attempts after 30 to 40 s. */
  @AfterAll
  static void awaitSweepers() {
    BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());
    for (String task : IMPORTS) {
      await("staged rows are swept").atMost(PATIENCE).until(() -> database.stagedRowsOf(task) == 0);
    }
    for (String unfinished : UNFINISHED) {
      await("what the dead attempt wrote is swept")
          .atMost(PATIENCE)
          .until(() -> sheet(unfinished).isEmpty());
    }
  }

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
    String unfinished = task + "-1.csv.part";
    Moment.when("the first rows are written", () -> sizeOfSheet(unfinished) > 0);
    stack.kill(database.workerOf(task));

    JsonNode result = gateway.awaitSuccess(task, PATIENCE);
    assertThat(gateway.task(task).get("attempt").asInt()).isEqualTo(2);
    Path file = directory.resolve("sheet.csv");
    gateway.download(result.get("sheet_id").asString(), file);
    DownloadedSheet sheet = DownloadedSheet.read(file);
    assertThat(sheet.rows()).isEqualTo(200_000);
    assertThat(sheet.total()).isEqualByComparingTo(billings.total());
    assertThat(sheet.sha256()).isEqualTo(result.get("sha256").asString());
    UNFINISHED.add(unfinished);
  }

  @Test
  void anotherAttemptImportsTheFileOfAKilledWorkerOnce() throws Exception {
    Billings billings = new Billings(2052, 100_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);

    String task = gateway.importGzip(upload, "");
    Moment.when("rows are being staged", () -> database.rowsBeingStaged() > 0);
    stack.kill(database.workerOf(task));

    JsonNode result = gateway.awaitSuccess(task, PATIENCE);
    assertThat(gateway.task(task).get("attempt").asInt()).isEqualTo(2);
    assertThat(result.get("imported").asLong()).isEqualTo(100_000);
    assertThat(result.get("duplicates").asLong()).isZero();
    assertThat(database.billingsOf(task)).isEqualTo(100_000);
    IMPORTS.add(task);
  }

  private long sizeOfSheet(String name) throws IOException {
    Optional<Path> sheet = sheet(name);
    return sheet.isPresent() ? Files.size(sheet.get()) : 0;
  }

  private static Optional<Path> sheet(String name) {
    return EmbeddedStack.sheets(RunningStack.BREAKABLE.embedded()).stream()
        .filter(file -> file.endsWith(name))
        .findFirst();
  }
}
