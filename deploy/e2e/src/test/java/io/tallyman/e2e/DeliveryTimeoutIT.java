package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * RabbitMQ closes a channel if a message is not acknowledged in time: half an hour by default, a
 * few seconds here. Even a long task does not exceed this time.
 */
@OnContainers
@OnBreakableStack
final class DeliveryTimeoutIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  /** Without a currency, its rows would be read together with those of other small sheets. */
  private static final Map<String, ?> EMPTY_DAY =
      Map.of("billing_date", "1999-12-26", "currency", "GBP");

  private static final int SLOTS = 8;
  private static final Pattern TIMED_OUT = Pattern.compile("has timed out|timed out on channel");

  private static final ContainerStack STACK = RunningStack.BREAKABLE.containers();
  private static final Gateway GATEWAY = RunningStack.BREAKABLE.gateway();
  private static final BillingDatabase DATABASE = new BillingDatabase(STACK);

  @BeforeAll
  static void shorten() {
    setTimeout(TIMEOUT, Duration.ofSeconds(1));
  }

  @AfterAll
  static void restore() {
    setTimeout(Duration.ofMinutes(30), Duration.ofMinutes(1));
  }

  @Test
  void taskThatTakesLongerEndsInItsFirstAttempt() throws Exception {
    long before = timedOut();
    try (Connection hold = DATABASE.hold("billing IN ACCESS EXCLUSIVE MODE")) {
      List<String> tasks = submit(SLOTS);
      await("all slots work").atMost(PATIENCE).until(() -> DATABASE.waiting() == SLOTS);
      await("longer than the broker waits")
          .during(TIMEOUT.multipliedBy(3))
          .atMost(TIMEOUT.multipliedBy(4))
          .until(() -> timedOut() == before);
      hold.rollback();

      for (String task : tasks) {
        GATEWAY.awaitSuccess(task, PATIENCE);
        assertThat(GATEWAY.events(task)).containsExactly("1 PENDING", "2 STARTED", "3 SUCCESS");
      }
    }
    assertThat(timedOut()).isEqualTo(before);
  }

  /**
   * Meanwhile no claim is answered, so the worker keeps its message until the broker takes it back.
   */
  @Test
  void claimThatWaitsLongerIsMadeAfterAll() {
    List<String> tasks;
    STACK.pause("worker-1");
    STACK.pause("worker-2");
    try {
      tasks = submit(SLOTS);
      await("all are dispatched").atMost(PATIENCE).until(() -> messages() >= SLOTS);
      STACK.pause("billing-service");
    } finally {
      STACK.resume("worker-1");
      STACK.resume("worker-2");
    }
    try {
      long before = timedOut();
      await("the broker has waited long enough").atMost(PATIENCE).until(() -> timedOut() > before);
    } finally {
      STACK.resume("billing-service");
    }

    for (String task : tasks) {
      GATEWAY.awaitSuccessThroughOutages(task, PATIENCE);
    }
  }

  private static List<String> submit(int count) {
    return Stream.generate(() -> GATEWAY.submit("billing.sheet", EMPTY_DAY)).limit(count).toList();
  }

  /** The setting applies to new channels only, so all channels are opened again. */
  private static void setTimeout(Duration timeout, Duration look) {
    rabbitmqctl(
        "eval",
        "application:set_env(rabbit, consumer_timeout, %d), application:set_env(rabbit, channel_tick_interval, %d)."
            .formatted(timeout.toMillis(), look.toMillis()));
    rabbitmqctl("close_all_connections", "-p", "tallyman", "other time-outs");
    await("the workers consume")
        .atMost(PATIENCE)
        .until(
            () ->
                rabbitmqctl("-q", "list_consumers", "-p", "tallyman")
                        .split("tallyman.tasks", -1)
                        .length
                    > SLOTS);
  }

  private static int messages() {
    return rabbitmqctl("-q", "list_queues", "-p", "tallyman", "name", "messages")
        .lines()
        .filter(line -> line.startsWith("tallyman.tasks\t"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf('\t') + 1)))
        .sum();
  }

  private static long timedOut() {
    return TIMED_OUT.matcher(STACK.log("rabbitmq")).results().count();
  }

  private static String rabbitmqctl(String... arguments) {
    return STACK.run(
        "rabbitmq",
        Stream.concat(Stream.of("rabbitmqctl"), Stream.of(arguments)).toArray(String[]::new));
  }
}
