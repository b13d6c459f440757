package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A task that ended without success can be retried as a new task. */
@OnAnyStack
@OnSharedStack
final class RetryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final BillingDatabase database = new BillingDatabase(RunningStack.SHARED.get());

  @TempDir private Path directory;

  @Test
  void cancelledImportIsDoneByItsRetry() throws Exception {
    Billings billings = new Billings(2067, 100_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);
    String cancelled = gateway.importGzip(upload, "");
    gateway.postAccepted("/api/v1/tasks/" + cancelled + "/cancel");

    String retry = gateway.postAccepted(retryOf(cancelled));

    JsonNode result = gateway.awaitSuccess(retry, PATIENCE);
    assertThat(gateway.task(retry).get("retry_of").asString()).isEqualTo(cancelled);
    assertThat(result.get("imported").asLong()).isEqualTo(100_000);
    assertThat(database.billingsOf(retry)).isEqualTo(100_000);
    assertThat(database.billingsOf(cancelled)).isZero();
    assertThat(gateway.task(cancelled).get("status").asString()).isEqualTo("REVOKED");
  }

  @Test
  void retryOfABadFileFailsAsItDid() {
    String failed = gateway.importCsv("date_billed\r\n", "?currency=GBP");
    JsonNode first = gateway.awaitFailure(failed, PATIENCE);

    String retry = gateway.postAccepted(retryOf(failed));

    JsonNode second = gateway.awaitFailure(retry, PATIENCE);
    assertThat(second.get("retry_of").asString()).isEqualTo(failed);
    assertThat(second.get("parameters")).isEqualTo(first.get("parameters"));
    assertThat(second.at("/error/type")).isEqualTo(first.at("/error/type"));
    assertThat(second.at("/error/detail")).isEqualTo(first.at("/error/detail"));
  }

  @Test
  void successCannotBeRetried() {
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "2067-01-01"));
    gateway.awaitSuccess(task, PATIENCE);

    assertNotRetryable(gateway.post(retryOf(task)));
  }

  @Test
  void taskThatHasNotEndedCannotBeRetried() {
    Gateway.Answer later =
        gateway.post(
            "/api/v1/tasks",
            Map.of(
                "task",
                "billing.sheet",
                "parameters",
                Map.of("billing_date", "2067-01-01"),
                "eta",
                Moment.later()));
    String task = later.body().get("task_id").asString();

    assertNotRetryable(gateway.post(retryOf(task)));
    gateway.postAccepted("/api/v1/tasks/" + task + "/cancel");
  }

  @Test
  void unknownTaskCannotBeRetried() {
    assertThat(gateway.post(retryOf(UUID.randomUUID().toString())).status()).isEqualTo(404);
  }

  private static String retryOf(String task) {
    return "/api/v1/tasks/" + task + "/retry";
  }

  private static void assertNotRetryable(Gateway.Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(409);
    assertThat(answer.body().get("type").asString())
        .isEqualTo("urn:tallyman:problem:not-retryable");
  }
}
