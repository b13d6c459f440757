package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An import and its undo that take longer than the statement timeout of requests. */
final class SlowApplyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ROWS = "2,Willow Park,,,2022-03-31,10.00,GBP,1\n";

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.database.statement-timeout", "1s",
              "tallyman.database.attempt-connections", 1,
              "tallyman.database.attempt-min-connections", 1,
              "datasources.attempts.connection-timeout", 500));

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void applyAndUndoAreNotCutAndLeaveConnectionsForOtherAttempts() {
    SERVICE.execute(
        """
        CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(3); RETURN NULL; END';
        CREATE TRIGGER slow BEFORE INSERT OR DELETE ON billing EXECUTE FUNCTION sleep();
        """);
    UUID id = worker.stagedImport(ROWS);

    assertGoesOn(id, () -> worker.imported(id, 1, 1));
    UUID undo = UUID.fromString(SERVICE.post("/imports/" + id + "/undo", "").text("task_id"));
    worker.claim(undo);
    assertGoesOn(
        undo,
        () ->
            worker.outcome(undo, 1, "{\"outcome\": \"DONE\", \"sheet\": null, \"result\": null}"));

    assertThat(SERVICE.count("billing")).isZero();
  }

  private void assertGoesOn(UUID id, Supplier<Answer> outcome) {
    CompletableFuture<Answer> first = CompletableFuture.supplyAsync(outcome);
    await("it is applied")
        .atMost(PATIENCE)
        .until(() -> SERVICE.count("pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);

    UUID other = worker.submit();
    Answer claimed = worker.claim(other);
    assertThat(claimed.status()).as(claimed.body()).isEqualTo(200);

    assertThat(first.join().status()).isIn(200, 202);
    await("it ends").atMost(PATIENCE).until(() -> outcome.get().status() == 200);
    assertThat(worker.status(id)).isEqualTo("SUCCESS");
  }
}
