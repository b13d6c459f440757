package io.tallyman.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OnOneStack;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.chaos.Storm.Strike;
import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.TallymanStack;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Clients order sheets and imports for a while, cancel some, and repeat other requests, while
 * faults happen. Other clients follow each task. At the end the test checks the promises of every
 * id that was answered with 202, and that each client got each event of its tasks once and in
 * order.
 *
 * <p>Random choices come from a seed, which is printed first. With the same seed, the same orders
 * and faults happen again, in almost the same order. To run more of both, in the root of the
 * repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=LedgerIT -Dtallyman.chaos.seed=7 verify
 * }</pre>
 */
@OnOneStack
@org.junit.jupiter.api.Order(2)
final class LedgerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "TALLYMAN_TASKS_MAX_BACKOFF", "5s",
          "TALLYMAN_CURSORS_KEY", "the same in all instances, as it must be");

  private static final Bills BILLS = new Bills(2040, 50_000);

  private final Scale scale = Scale.ofSystemProperties();
  @AutoClose private final TallymanStack stack = OwnStack.start(scale.layout(), SETTINGS);
  private final Gateway gateway = new Gateway(this::anyGateway, () -> stack.token("admin"));
  private final Audience audience = new Audience(gateway);
  private final Ledger ledger = new Ledger(audience::follow);

  @Test
  void everyAcceptedTaskEndsAsPromisedWhateverStrikes() throws Exception {
    System.out.println("Chaos from seed " + scale.seed());
    String first = gateway.importCsv(BILLS.csv(), "");
    gateway.awaitSuccess(first, PATIENCE);
    List<Order> orders =
        new Orders(scale.seed(), BILLS, vendors()).make(scale.orders(), scale.storm());

    List<Strike> strikes = submitInAStorm(orders);

    Tally tally = new Tally();
    Audit audit = new Audit(gateway, tally);
    ledger.entries().forEach(audit::audit);
    new Remains(stack, tally).audit(ledger, List.of(first));
    audience.awaitEnd(ledger.entries().size());
    List<String> eventFaults = audience.faults(gateway);
    System.out.println(tally.report(scale, ledger, strikes) + audience.report());
    assertThat(tally.lost).as("lost").isEmpty();
    assertThat(tally.doubled).as("double effects").isEmpty();
    assertThat(tally.wrong).as("otherwise wrong").isEmpty();
    assertThat(eventFaults).as("events that were missed or came twice").isEmpty();
    assertThat(ledger.entries()).hasSizeGreaterThanOrEqualTo(scale.orders());
  }

  private List<Strike> submitInAStorm(List<Order> orders) throws Exception {
    Submitter submitter = new Submitter(gateway, ledger);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> submitted = new ArrayList<>();
      for (Order order : orders) {
        submitted.add(
            clients.submit(
                () -> {
                  Pause.of(order.due());
                  submitter.submit(order);
                }));
      }
      List<Strike> strikes = new Storm(stack, scale.seed()).rage(scale.storm());
      for (Future<?> order : submitted) {
        order.get();
      }
      return strikes;
    }
  }

  private URI anyGateway() {
    if (!(stack instanceof ContainerStack containers)) {
      return stack.gateway();
    }
    List<String> gateways =
        stack.parts().stream().filter(part -> part.startsWith("gateway")).toList();
    return containers.gateway(gateways.get(ThreadLocalRandom.current().nextInt(gateways.size())));
  }

  private Map<String, Long> vendors() {
    Map<String, Long> ids = new HashMap<>();
    gateway
        .get("/api/v1/vendors?limit=200")
        .body()
        .get("data")
        .valueStream()
        .forEach(
            vendor -> ids.put(vendor.get("account_name").asString(), vendor.get("id").asLong()));
    return ids;
  }
}
