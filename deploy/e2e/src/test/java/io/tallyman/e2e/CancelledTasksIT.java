package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A task can be cancelled in every phase, whatever its worker does. It ends and leaves nothing
 * behind.
 */
@OnContainers
@OnBreakableStack
final class CancelledTasksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");
  private static final String DAY = "2034-01-01";
  private static final Map<String, ?> SHEET =
      Map.of("task", "billing.sheet", "parameters", Map.of("billing_date", DAY));

  private final ContainerStack stack = RunningStack.BREAKABLE.containers();
  private final Gateway gateway = RunningStack.BREAKABLE.gateway();
  private final Traces traces = Traces.in(RunningStack.BREAKABLE.get());
  private final BillingDatabase database = traces.database();

  @Test
  void cancelledBeforeItIsDue() throws Exception {
    String id = submit(Map.of("eta", Moment.later()));

    cancel(id);

    assertRevoked(id, "1 PENDING", "2 REVOKED cancelled");
  }

  @Test
  void cancelledWhileItWaitsForAWorker() throws Exception {
    WORKERS.forEach(stack::pause);
    String id;
    try {
      id = submit(Map.of());
      cancel(id);
    } finally {
      WORKERS.forEach(stack::resume);
    }

    gateway.awaitSuccess(submit(Map.of()), PATIENCE);
    assertRevoked(id, "1 PENDING", "2 REVOKED cancelled");
  }

  @Test
  void cancelledWhileItIsWorkedOn() throws Exception {
    String id;
    try (Connection hold = hold()) {
      id = begin();
      cancel(id);
      hold.rollback();
    }

    assertRevoked(id, "1 PENDING", "2 STARTED", "3 REVOKED cancelled");
  }

  @Test
  void cancelledWhileItsWorkerIsDead() throws Exception {
    String id;
    try (Connection hold = hold()) {
      id = begin();
      stack.kill(database.workerOf(id));
      cancel(id);
      hold.rollback();
    }

    assertRevoked(id, "1 PENDING", "2 STARTED", "3 REVOKED cancelled");
  }

  @Test
  void cancelledWhileItsWorkerStandsStill() throws Exception {
    String id;
    try (Connection hold = hold()) {
      id = begin();
      String worker = database.workerOf(id);
      stack.pause(worker);
      try {
        cancel(id);
        hold.rollback();
      } finally {
        stack.resume(worker);
      }
    }

    assertRevoked(id, "1 PENDING", "2 STARTED", "3 REVOKED cancelled");
  }

  @Test
  void cancelledBetweenTwoAttempts() throws Exception {
    String row = "date_billed,account_name,payable,currency\n%s,Managed,1.00,GBP\n".formatted(DAY);
    gateway.awaitSuccess(gateway.importCsv(row, ""), PATIENCE);
    String vendor = "/api/v1/vendors?account_name=Managed";
    String manager = gateway.post("/api/v1/users", NewUsers.next()).body().get("id").asString();
    gateway.patch(
        "/api/v1/vendors/" + gateway.get(vendor).body().at("/data/0/id").asString(),
        Map.of("manager_id", Long.parseLong(manager)));
    stack.stop("user-service");
    String id = gateway.submit("billing.assignments", Map.of("from", DAY, "to", DAY));
    try {
      await("an attempt has failed")
          .atMost(PATIENCE)
          .until(() -> gateway.task(id).get("status").asString().equals("RETRY"));
      cancel(id);
    } finally {
      stack.restart("user-service");
    }

    List<String> events = gateway.events(id);
    assertThat(events).contains("3 RETRY user-service-unavailable");
    assertRevoked(id, events.toArray(String[]::new));
    assertThat(events.getLast()).endsWith("REVOKED cancelled");
  }

  private Connection hold() throws Exception {
    return database.hold("billing IN ACCESS EXCLUSIVE MODE");
  }

  /** A running task that waits, because the table is locked. */
  private String begin() {
    String id = submit(Map.of());
    await("the work has begun").atMost(PATIENCE).until(() -> database.waiting() > 0);
    return id;
  }

  private String submit(Map<String, ?> more) {
    Map<String, Object> task = new HashMap<>(SHEET);
    task.putAll(more);
    return gateway.post("/api/v1/tasks", task).body().get("task_id").asString();
  }

  private void cancel(String id) {
    Gateway.Answer cancelled = gateway.post("/api/v1/tasks/" + id + "/cancel");
    assertThat(cancelled.status()).as("%s", cancelled.body()).isEqualTo(202);
    assertThat(cancelled.body().get("status").asString()).isEqualTo("REVOKED");
  }

  /**
   * The task stays REVOKED, with these events and without a file. A second cancel changes nothing.
   */
  private void assertRevoked(String id, String... events) throws Exception {
    traces.awaitNone(id);
    assertThat(gateway.events(id)).containsExactly(events);
    cancel(id);
    assertThat(gateway.events(id)).containsExactly(events);
    assertThat(gateway.task(id).get("result").isNull()).isTrue();
  }
}
