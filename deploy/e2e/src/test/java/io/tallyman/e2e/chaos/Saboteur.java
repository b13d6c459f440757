package io.tallyman.e2e.chaos;

import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.TallymanStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Causes temporary faults in a stack. Waits until a part has started before it breaks the part
 * again.
 */
final class Saboteur {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BROKER_AWAY = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(10);

  /** After 15 s another worker gets the attempt. */
  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(18);

  private final TallymanStack stack;
  private final Random random;
  private final Set<String> taken;

  /**
   * @param taken the parts that are broken now; no other fault uses them meanwhile
   */
  Saboteur(TallymanStack stack, Random random, Set<String> taken) {
    this.stack = stack;
    this.random = random;
    this.taken = taken;
  }

  /** Returns when the fault has ended, or when the killed part is starting. */
  void strike(Fault fault) {
    switch (fault) {
      case WORKER_KILLED -> kill("worker");
      case BILLING_SERVICE_KILLED -> kill("billing-service");
      case GATEWAY_KILLED -> kill("gateway");
      case USER_SERVICE_KILLED -> kill("user-service");
      case POSTGRES_KILLED -> kill("postgres");
      case CONNECTIONS_TERMINATED -> terminateConnections();
      case RABBITMQ_KILLED -> kill("rabbitmq");
      case RABBITMQ_STOPPED -> stopBroker();
      case QUEUES_DELETED -> deleteQueues();
      case MEMORY_ALARM -> alarmBroker();
      case WORKER_FROZEN -> freezeWorker();
      case WORKER_CUT_OFF -> cutOffWorker();
      case STORE_FULL -> fillStore();
    }
  }

  /** Kills one of these parts. */
  private void kill(String service) {
    withAny(service, stack::kill);
  }

  private void terminateConnections() {
    untilDone("connections are terminated", this::terminateAll);
  }

  private void stopBroker() {
    containers().stop("rabbitmq");
    Pause.of(BROKER_AWAY);
    containers().restart("rabbitmq");
  }

  private void deleteQueues() {
    untilDone(
        "queues are deleted",
        () ->
            rabbitmqctl("-q", "list_queues", "-p", "tallyman", "name", "--no-table-headers")
                .lines()
                .forEach(queue -> rabbitmqctl("-q", "delete_queue", "-p", "tallyman", queue)));
  }

  private void alarmBroker() {
    untilDone("alarm", () -> rabbitmqctl("set_vm_memory_high_watermark", "0.00001"));
    Pause.of(SHORT);
    untilDone("no alarm", () -> rabbitmqctl("set_vm_memory_high_watermark", "0.4"));
  }

  private void freezeWorker() {
    withAny(
        "worker",
        worker -> {
          containers().pause(worker);
          Pause.of(LONGER_THAN_THE_LEASE);
          containers().resume(worker);
        });
  }

  private void cutOffWorker() {
    withAny(
        "worker",
        worker -> {
          containers().cutOff(worker);
          Pause.of(SHORT);
          containers().join(worker);
        });
  }

  private void fillStore() {
    containers().fillStore();
    Pause.of(SHORT);
    containers().emptyStore();
  }

  private interface Action {
    void run() throws SQLException;
  }

  private void withAny(String service, Consumer<String> action) {
    List<String> parts =
        stack.parts().stream()
            .filter(part -> part.equals(service) || part.startsWith(service + "-"))
            .toList();
    int first = random.nextInt(parts.size());
    for (int index = 0; index < parts.size(); index++) {
      String part = parts.get((first + index) % parts.size());
      if (taken.add(part)) {
        action.accept(part);
        taken.remove(part);
        return;
      }
    }
  }

  private void terminateAll() throws SQLException {
    try (Connection billing = DriverManager.getConnection(stack.jdbcUrl("billing"));
        Statement statement = billing.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE usename = current_user AND pid <> pg_backend_pid()
          """);
    }
  }

  private String rabbitmqctl(String... arguments) {
    String[] command =
        Stream.concat(Stream.of("rabbitmqctl"), Stream.of(arguments)).toArray(String[]::new);
    return containers().run("rabbitmq", command);
  }

  private ContainerStack containers() {
    return (ContainerStack) stack;
  }

  private static void untilDone(String what, Action action) {
    await(what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .pollInSameThread()
        .ignoreExceptions()
        .until(
            () -> {
              action.run();
              return true;
            });
  }
}
