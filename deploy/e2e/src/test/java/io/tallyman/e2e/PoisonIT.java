package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A task that kills each worker that runs it ends with FAILURE, and no other task fails. */
@OnAnyStack
@Tag(OnContainers.IN_THE_LONG_FORM)
final class PoisonIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 3;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TALLYMAN_TASKS_LEASE", "4s",
          "TALLYMAN_TASKS_MAX_ATTEMPTS", String.valueOf(ATTEMPTS),
          "TALLYMAN_WORKER_SLOTS", "1");
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-30");

  @AutoClose private final TallymanStack stack = OwnStack.start(Layout.ofWorkers(2), SETTINGS);
  private final Gateway gateway = new Gateway(stack);
  private final BillingDatabase database = new BillingDatabase(stack);

  @TempDir private Path directory;

  @Test
  void taskThatKillsItsWorkersFailsAndHoldsNobodyUp() throws Exception {
    Billings billings = new Billings(2054, 400_000);
    Path upload = directory.resolve("billings.csv.gz");
    billings.writeTo(upload);
    int others = 0;

    String poison = gateway.importGzip(upload, "");
    try (var killers = Executors.newSingleThreadExecutor()) {
      var killed = killers.submit(() -> killEveryWorkerOf(poison));
      // Others may be on a worker that is killed. They then succeed in another attempt.
      while (!killed.isDone() || others <= ATTEMPTS) {
        String other = gateway.submit("billing.sheet", EMPTY_DAY);
        gateway.awaitSuccess(other, PATIENCE);
        others++;
      }
      assertThat(killed.get()).hasSize(ATTEMPTS);
    }

    JsonNode task = gateway.awaitFailure(poison, PATIENCE);
    assertThat(task.at("/error/type").asString()).isEqualTo("urn:tallyman:problem:worker-lost");
    assertThat(task.get("attempt").asInt()).isEqualTo(ATTEMPTS);
    assertThat(database.billingsOf(poison)).isZero();
    await("staged rows are swept").atMost(PATIENCE).until(() -> database.stagedRowsOf(poison) == 0);
  }

  /** Returns the numbers of the attempts that ended in this way. */
  private Set<Integer> killEveryWorkerOf(String poison) throws Exception {
    Set<Integer> killed = new HashSet<>();
    while (killed.size() < ATTEMPTS) {
      Moment.when(
          "another attempt runs",
          () -> {
            JsonNode task = gateway.task(poison);
            return task.get("status").asString().equals("STARTED")
                && !killed.contains(task.get("attempt").asInt());
          });
      int attempt = gateway.task(poison).get("attempt").asInt();
      stack.kill(database.workerOf(poison));
      killed.add(attempt);
    }
    return killed;
  }
}
