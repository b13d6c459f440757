package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testing.TallymanStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** If any single part is killed while many tasks run, every accepted task succeeds. */
@OnContainers
@Tag(OnContainers.IN_THE_LONG_FORM)
@OnBreakableStack
final class KilledPartsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Billings BILLINGS = new Billings(2061, 20_000);
  private static final Map<String, ?> YEAR =
      Map.of("from", BILLINGS.first().toString(), "to", BILLINGS.last().toString());
  private static final int BEFORE = 20;
  private static final int AFTER = 10;

  private static final TallymanStack STACK = RunningStack.BREAKABLE.get();
  private static final Gateway GATEWAY = RunningStack.BREAKABLE.gateway();

  @BeforeAll
  static void importBillings(@TempDir Path directory) throws Exception {
    Path upload = directory.resolve("billings.csv.gz");
    BILLINGS.writeTo(upload);
    GATEWAY.awaitSuccess(GATEWAY.importGzip(upload, ""), PATIENCE);
  }

  static List<String> parts() {
    return STACK.parts();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void everyAcceptedTaskIsDoneWhicheverPartIsKilled(String part) {
    List<String> sheets = new ArrayList<>();
    for (int task = 0; task < BEFORE; task++) {
      sheets.add(GATEWAY.submit("billing.sheet", YEAR));
    }
    String vendor = "Only of " + UUID.randomUUID();
    String rows = "date_billed,account_name,payable,currency\n2062-01-01,%s,1.00,GBP\n";
    String imported = GATEWAY.importCsv(rows.formatted(vendor), "");

    STACK.kill(part);
    for (int task = 0; task < AFTER; task++) {
      sheets.add(GATEWAY.submitThroughOutages("billing.sheet", YEAR, PATIENCE));
    }

    for (String sheet : sheets) {
      JsonNode result = GATEWAY.awaitSuccessThroughOutages(sheet, PATIENCE);
      assertThat(result.get("rows").asInt()).isEqualTo(BILLINGS.rows());
      assertThat(result.at("/totals/0/payable").asString())
          .isEqualTo(BILLINGS.total().toPlainString());
    }
    JsonNode result = GATEWAY.awaitSuccessThroughOutages(imported, PATIENCE);
    assertThat(result.get("imported").asInt()).isEqualTo(1);
  }
}
