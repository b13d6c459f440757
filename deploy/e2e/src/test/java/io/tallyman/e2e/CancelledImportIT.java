package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cancelled import ends immediately and stores nothing, in every phase. */
@OnBreakableStack
final class CancelledImportIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final List<String> CANCELLED = new ArrayList<>();

  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final Traces traces = Traces.in(RunningStack.BREAKABLE.get());

  @TempDir private Path directory;

  /** Once, after all tests of the class, because the sweepers run only every 30 s. */
  @AfterAll
  static void awaitSweepers() throws Exception {
    for (String id : CANCELLED) {
      Traces.in(RunningStack.BREAKABLE.get()).awaitNone(id);
    }
  }

  @Test
  void cancelledWhileItReads() throws Exception {
    String id = importWithARefusedRow(2071);
    Moment.when("rows are being staged", () -> traces.database().rowsBeingStaged() > 0);

    assertRevokedWithoutATrace(id);
  }

  @Test
  void cancelledWhileItIsApplied() throws Exception {
    String id = importWithARefusedRow(2072);
    Moment.when("the import is being applied", traces.database()::isApplying);

    assertRevokedWithoutATrace(id);
  }

  private String importWithARefusedRow(int year) throws Exception {
    Path upload = directory.resolve("billings.csv.gz");
    new Billings(year, 200_000).writeTo(upload, "no date,Cancelled,1.00,GBP");
    return gateway.importGzip(upload, "");
  }

  private void assertRevokedWithoutATrace(String id) throws Exception {
    Gateway.Answer cancelled = gateway.post("/api/v1/tasks/" + id + "/cancel");

    assertThat(cancelled.status()).as("%s", cancelled.body()).isEqualTo(202);
    assertThat(cancelled.body().get("status").asString()).isEqualTo("REVOKED");
    traces.assertNothingApplied(id);
    CANCELLED.add(id);
    JsonNode task = gateway.awaitEnd(id, PATIENCE);
    assertThat(task.get("status").asString()).isEqualTo("REVOKED");
    assertThat(task.get("result").isNull()).isTrue();
    assertThat(task.at("/links/sheet").isNull()).isTrue();
  }
}
