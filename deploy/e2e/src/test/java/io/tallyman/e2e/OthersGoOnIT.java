package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@OnBreakableStack
final class OthersGoOnIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.BREAKABLE.get());

  @TempDir private Path directory;

  @Test
  void smallSheetIsNotHeldUpByABigImportThatIsBeingApplied() throws Exception {
    gateway.awaitSuccess(
        gateway.importCsv(
            "date_billed,account_name,payable,currency\r\n2068-12-31,Small,1.00,GBP\r\n", ""),
        PATIENCE);
    Path upload = directory.resolve("billings.csv.gz");
    new Billings(2069, 400_000).writeTo(upload);

    String big = gateway.importGzip(upload, "");
    Moment.when("the import is being applied", database::isApplying);
    String small = gateway.submit("billing.sheet", Map.of("billing_date", "2068-12-31"));
    JsonNode sheet = gateway.awaitSuccess(small, PATIENCE);

    JsonNode result = gateway.awaitSuccess(big, PATIENCE);
    assertThat(sheet.get("rows").asLong()).isEqualTo(1);
    assertThat(result.get("imported").asLong()).isEqualTo(400_000);
    assertThat(gateway.task(big).get("attempt").asInt()).isEqualTo(1);
    assertThat(doneAt(small)).isBefore(doneAt(big));
  }

  private Instant doneAt(String task) {
    return Instant.parse(gateway.task(task).get("date_done").asString());
  }
}
