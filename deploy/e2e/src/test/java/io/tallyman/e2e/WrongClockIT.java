package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.GenericContainer;

/**
 * The clocks of all billing-services and workers are an hour wrong. No lease is lost or kept too
 * long, because only the clock of PostgreSQL counts.
 */
@OnContainers
final class WrongClockIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** Without a currency, its rows would be read together with those of other small sheets. */
  private static final Map<String, ?> EMPTY_DAY =
      Map.of("billing_date", "1999-12-27", "currency", "GBP");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "TALLYMAN_TASKS_LEASE",
          LEASE.toSeconds() + "s",
          "TALLYMAN_CURSORS_KEY",
          "the same in all instances, as it must be");
  private static final Map<String, String> CLOCKS =
      Map.of(
          "billing-service", "+1h",
          "billing-service-2", "-1h",
          "worker-1", "+1h",
          "worker-2", "-1h");

  private static ContainerStack stack;
  private static Gateway gateway;
  private static BillingDatabase database;

  @BeforeAll
  static void start() {
    FakeTime time = FakeTime.require();
    stack =
        ContainerStack.start(
            ServiceImages.IMAGES,
            new Layout(2, 1, 2, 0),
            SETTINGS,
            (part, container) -> setClock(time, part, container));
    gateway = new Gateway(stack);
    database = new BillingDatabase(stack);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void clocksAreWrong() {
    Instant now = Instant.now();
    CLOCKS.forEach(
        (part, by) -> {
          Instant there =
              Instant.ofEpochSecond(Long.parseLong(stack.run(part, "date", "+%s").strip()));
          Duration off = Duration.between(now, there).abs();
          assertThat(off).as(part).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
          assertThat(there.isAfter(now)).as(part).isEqualTo(by.startsWith("+"));
        });
  }

  @Test
  void nobodyLosesALease() throws Exception {
    try (Connection hold = database.hold("billing IN ACCESS EXCLUSIVE MODE")) {
      List<String> tasks =
          Stream.generate(() -> gateway.submit("billing.sheet", EMPTY_DAY)).limit(4).toList();
      await("all are under way").atMost(PATIENCE).until(() -> database.waiting() == tasks.size());

      await("longer than the lease")
          .during(LEASE.multipliedBy(2))
          .atMost(LEASE.multipliedBy(3))
          .until(() -> tasks.stream().allMatch(WrongClockIT::isInItsFirstAttempt));
      hold.rollback();

      for (String task : tasks) {
        gateway.awaitSuccess(task, PATIENCE);
        assertThat(gateway.events(task)).containsExactly("1 PENDING", "2 STARTED", "3 SUCCESS");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"billing-service, billing-service-2", "billing-service-2, billing-service"})
  void leaseOfALostWorkerRunsOutInItsTime(String stopped, String left) throws Exception {
    stack.stop(stopped);
    try (Connection hold = database.hold("billing IN ACCESS EXCLUSIVE MODE")) {
      String task = gateway.submitThroughOutages("billing.sheet", EMPTY_DAY, PATIENCE);
      await("it is under way").atMost(PATIENCE).until(() -> database.waiting() == 1);
      String lost = database.workerOf(task);
      stack.pause(lost);

      await("another worker has it, by the word of " + left)
          .atMost(LEASE.multipliedBy(6))
          .ignoreExceptions()
          .until(() -> database.workerOf(task), worker -> !worker.equals(lost));
      stack.resume(lost);
      hold.rollback();

      gateway.awaitSuccessThroughOutages(task, PATIENCE);
      assertThat(gateway.events(task)).contains("3 RETRY worker-lost").endsWith("5 SUCCESS");
    } finally {
      stack.restart(stopped);
    }
  }

  @Test
  void taskOfALaterTimeIsBegunThenAndNotBefore() {
    Instant due = Instant.now().plusSeconds(5);
    Map<String, ?> later =
        Map.of("task", "billing.sheet", "parameters", EMPTY_DAY, "eta", due.toString());

    String task = gateway.post("/api/v1/tasks", later).body().get("task_id").asString();

    gateway.awaitSuccess(task, PATIENCE);
    Instant begun = Instant.parse(gateway.task(task).get("started_at").asString());
    assertThat(begun).isBetween(due, due.plusSeconds(30));
  }

  private static boolean isInItsFirstAttempt(String task) {
    return gateway.events(task).equals(List.of("1 PENDING", "2 STARTED"));
  }

  private static void setClock(FakeTime time, String part, GenericContainer<?> container) {
    String by = CLOCKS.get(part);
    if (by != null) {
      time.shift(container, by);
    }
  }
}
