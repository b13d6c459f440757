package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Restarted services get each other's addresses. The others still use the old addresses, and send
 * requests without a pause.
 */
@OnContainers
@Order(3)
final class SwappedAddressesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Map<String, ?> EMPTY_DAY = Map.of("billing_date", "1999-12-27");
  private static final List<String> SWAPPED = List.of("billing-service", "user-service");
  private static final List<String> ASKED =
      List.of("/api/v1/vendors?limit=1", "/api/v1/users?limit=1");

  /** More connections than the gateway needs for the requests of this test. */
  private static final int IN_A_ROW = 200;

  /** Old addresses are cached until other services have them. */
  private static final Map<String, String> SETTINGS =
      Map.of("_JAVA_OPTIONS", "-Dsun.net.inetaddr.ttl=30");

  @AutoClose
  private static final ContainerStack STACK =
      (ContainerStack) OwnStack.start(Layout.ofWorkers(1), SETTINGS);

  private final Gateway gateway = new Gateway(STACK);

  @Test
  void nobodyKeepsAskingTheWrongService() throws Exception {
    List<Integer> before = lastOctets();
    try (Crowd crowd = new Crowd(gateway)) {
      swap();
      assertThat(lastOctets()).isEqualTo(before.reversed());
      crowd.awaitAnswers();
    }

    for (int number = 0; number < IN_A_ROW; number++) {
      for (String path : ASKED) {
        assertThat(gateway.get(path).status()).as("answer %s to %s", number, path).isEqualTo(200);
      }
    }
    String task = gateway.submit("billing.sheet", EMPTY_DAY);
    gateway.awaitSuccess(task, PATIENCE);
    assertThat(gateway.events(task)).containsExactly("1 PENDING", "2 STARTED", "3 SUCCESS");
  }

  /** Docker gives the lowest free address to the next container. */
  private static void swap() {
    List<String> fromTheHighest =
        SWAPPED.stream()
            .sorted(Comparator.comparingInt(SwappedAddressesIT::lastOctet).reversed())
            .toList();
    SWAPPED.forEach(STACK::stop);
    fromTheHighest.forEach(STACK::restart);
  }

  private static List<Integer> lastOctets() {
    return SWAPPED.stream().map(SwappedAddressesIT::lastOctet).toList();
  }

  private static int lastOctet(String part) {
    String address = STACK.run(part, "hostname", "-i").strip();
    return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
  }

  /** Sends requests to each service all the time. */
  private static final class Crowd implements AutoCloseable {
    private final Gateway gateway;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    Crowd(Gateway gateway) {
      this.gateway = gateway;
      ASKED.forEach(path -> clients.execute(() -> ask(path)));
    }

    /** Returns when each service has answered once more. */
    void awaitAnswers() {
      ASKED.forEach(
          path -> await(path).atMost(PATIENCE).until(() -> gateway.get(path).status() == 200));
    }

    private void ask(String path) {
      while (!enough.get()) {
        gateway.get(path);
      }
    }

    @Override
    public void close() {
      enough.set(true);
      clients.close();
    }
  }
}
