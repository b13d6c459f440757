package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.standalone.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An accepted import is applied once, whichever part is killed in whichever phase. */
@OnBreakableStack
final class KilledServicesIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  private static final int ROWS = 100_000;
  private static final List<String> DONE = new ArrayList<>();

  private final Stack stack = RunningStack.BREAKABLE.embedded();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());

  @TempDir private Path directory;

  /** Once, after all tests of the class, because the sweepers run only every 30 s. */
  @AfterAll
  static void awaitSweepers() {
    BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());
    for (String id : DONE) {
      await("staged rows of " + id + " are swept")
          .atMost(RECOVERY)
          .until(() -> database.stagedRowsOf(id) == 0);
    }
  }

  enum Stage {
    STAGING,
    APPLYING
  }

  @ParameterizedTest
  @CsvSource({
    "billing-service, STAGING, 2081",
    "billing-service, APPLYING, 2082",
    "postgres, STAGING, 2083",
    "postgres, APPLYING, 2084"
  })
  void importIsAppliedOnceWhoeverIsKilled(String victim, Stage stage, int year) throws Exception {
    Billings billings = new Billings(year, ROWS);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload, "no date,Refused," + year + ",GBP");
    long pid = stack.process(victim).pid();

    String id = gateway.importGzip(upload, "");
    Moment.when(stage + " has begun", () -> isAt(stage));
    stack.killTree(victim);

    JsonNode result = gateway.awaitSuccessThroughOutages(id, RECOVERY);
    assertThat(stack.process(victim).pid()).isNotEqualTo(pid);
    assertThat(result.get("rows").asLong()).isEqualTo(ROWS + 1);
    assertThat(result.get("imported").asLong()).isEqualTo(ROWS);
    assertThat(result.get("duplicates").asLong()).isZero();
    assertThat(result.get("vendors_created").asLong()).isEqualTo(500);
    assertThat(gateway.refusedRows(result).stream().map(RefusedRow::fault))
        .containsExactly("2 date_billed bad-date");
    assertThat(database.billingsOf(id)).isEqualTo(ROWS);
    assertThat(database.vendorsOf(id)).isEqualTo(500);
    assertSheet(billings);
    DONE.add(id);
  }

  private boolean isAt(Stage stage) throws Exception {
    return switch (stage) {
      case STAGING -> database.rowsBeingStaged() > 0;
      case APPLYING -> database.isApplying();
    };
  }

  /** A billing that is missing or was added twice would change the sum. */
  private void assertSheet(Billings billings) {
    String task =
        gateway.submit(
            "billing.sheet",
            Map.of("from", billings.first().toString(), "to", billings.last().toString()));
    JsonNode sheet = gateway.awaitSuccess(task, RECOVERY);
    assertThat(sheet.get("rows").asLong()).isEqualTo(ROWS);
    assertThat(sheet.at("/totals/0/payable").asString())
        .isEqualTo(billings.total().toPlainString());
  }
}
