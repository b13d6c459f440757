package io.tallyman.e2e;

import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL disappears without closing its connections, as after a power loss or a failover. No
 * connection gets an answer any more.
 */
@OnContainers
@OnBreakableStack
final class VanishedDatabaseIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-28");

  /** The dispatcher, the watchdog, and the count of open tasks. */
  private static final int WAITING = 3;

  private final ContainerStack stack = RunningStack.BREAKABLE.containers();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final BillingDatabase database = new BillingDatabase(stack);

  @Test
  void whatWaitsForItsAnswerIsDoneAnew() throws Exception {
    gateway.awaitSuccess(gateway.submit("billing.sheet", EMPTY_DAY), PATIENCE);
    try (Connection _ = database.hold("task IN ACCESS EXCLUSIVE MODE")) {
      await("all wait for their answers")
          .atMost(PATIENCE)
          .until(() -> database.waiting() >= WAITING);
      stack.cutOff("postgres");
    }
    stack.stop("postgres");
    stack.join("postgres");
    stack.restart("postgres");
    for (String path : List.of("/api/v1/tasks", "/api/v1/users")) {
      await(path)
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> gateway.get(path).status() == 200);
    }

    gateway.awaitSuccess(gateway.submit("billing.sheet", EMPTY_DAY), PATIENCE);
  }
}
