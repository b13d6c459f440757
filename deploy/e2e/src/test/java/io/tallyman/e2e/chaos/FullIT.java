package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.Gateway.Answer;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.chaos.Crowd.Served;
import io.tallyman.e2e.chaos.Crowd.Wish;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** When the maximum number of tasks waits, clients get a 503. In the end all are served. */
final class FullIT {
  private static final int MOST = 50;
  private static final int CLIENTS = 200;
  private static final String WORKER = "worker-1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @AutoClose
  private final TallymanStack stack =
      OwnStack.start(
          Layout.ofWorkers(1), Map.of("TALLYMAN_TASKS_MAX_OPEN", Integer.toString(MOST)));

  private final Gateway gateway = new Gateway(stack);
  private final BillingTables tables = new BillingTables(stack);

  @Test
  void clientsAreToldToComeAgainWhileNobodyWorksAndAreServedInTheEnd() throws Exception {
    Wish wish =
        new Wish(
            "billing.sheet", Map.of("billing_date", "2043-01-05"), new Figures(0, new TreeMap<>()));
    Crowd crowd = new Crowd(gateway, CLIENTS);
    stack.pause(WORKER);
    CompletableFuture<List<Served>> all =
        CompletableFuture.supplyAsync(
            () -> served(crowd, Collections.nCopies(CLIENTS, wish)), Thread::startVirtualThread);
    try {
      await("refusals").atMost(PATIENCE).until(() -> crowd.turnout().full() >= CLIENTS - MOST);
      assertThat(tables.tasks()).hasSizeBetween(MOST, MOST + MOST / 2);
      assertImportIsRefused();
    } finally {
      stack.resume(WORKER);
    }

    List<Served> served = all.get();

    System.out.println(crowd.turnout().report());
    assertThat(served)
        .hasSize(CLIENTS)
        .allSatisfy(each -> assertThat(each.task().get("status").asString()).isEqualTo("SUCCESS"));
    assertThat(tables.tasks()).hasSize(CLIENTS);
    new Wear(stack).assertHarmless();
  }

  /** More than the number of requests that are sent at once. */
  private void assertImportIsRefused() {
    Answer refused =
        gateway.upload(
            "",
            BodyPublishers.ofByteArray(new byte[20_000_000]),
            Map.of("Content-Type", "text/csv"));

    assertThat(refused.status()).as("%s", refused.body()).isEqualTo(503);
    assertThat(refused.body().get("type").asString()).isEqualTo("urn:tallyman:problem:tasks-full");
    assertThat(refused.header("Retry-After")).isEqualTo("2");
  }

  private static List<Served> served(Crowd crowd, List<Wish> wishes) {
    try {
      return crowd.serve(wishes);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
