package io.tallyman.e2e.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Contract;
import io.tallyman.e2e.ContractWorld;
import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OwnStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests to every route of openapi.yaml. They are made from the examples, with faults in
 * the path, the query, the headers, the body or the framing. Every answer is documented, arrives
 * soon, and is not an internal error. At the end the stack still works.
 *
 * <p>It sends 5,000 requests, or as many as possible in 40 s, with a fixed seed. To send more, in
 * the root of the repository:
 *
 * <pre>{@code
 * mvn -Dquick -Punder-fire -Dit.test=ContractFuzzIT -Dtallyman.fuzz.seed=7 verify
 * }</pre>
 */
final class ContractFuzzIT {
  private static final String INPUTS = "tallyman.fuzz.inputs";
  private static final long USUAL_INPUTS = 5_000;
  private static final Duration USUAL_TIME = Duration.ofSeconds(40);
  private static final Duration LONG = Duration.ofHours(12);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @AutoClose
  private final TallymanStack stack =
      OwnStack.start(
          Layout.ofWorkers(2),
          Map.of("TALLYMAN_PROFILES_KEY", "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4="));

  private final Gateway gateway = new Gateway(stack);

  @Test
  void whateverIsSentIsAnsweredAsDocumented() throws Exception {
    long seed = Long.getLong("tallyman.fuzz.seed", 7);
    long inputs = Long.getLong(INPUTS, USUAL_INPUTS);
    System.out.println("Fuzz from seed " + seed + ", inputs " + inputs);
    Contract contract = Contract.of(gateway);
    RequestFuzzer fuzzer = new RequestFuzzer(contract, new ContractWorld(gateway), gateway, seed);
    Barrage barrage = new Barrage(gateway.address(), fuzzer, new Verdict(contract, listed()));

    barrage.fire(inputs, System.getProperty(INPUTS) == null ? USUAL_TIME : LONG);

    System.out.println(barrage.report());
    assertThat(barrage.faults()).isEmpty();
    assertThat(barrage.answers()).isPositive();
    assertMainJobIsDone();
  }

  private void assertMainJobIsDone() {
    String csv = "date_billed,account_name,payable,currency\r\n2071-01-05,After all,12.50,GBP\r\n";
    JsonNode imported = gateway.awaitSuccess(gateway.importCsv(csv, ""), PATIENCE);
    assertThat(imported.get("imported").asLong()).isEqualTo(1);
    JsonNode result =
        gateway.awaitSuccess(
            gateway.submit("billing.sheet", Map.of("billing_date", "2071-01-05")), PATIENCE);
    assertThat(gateway.sheet(result.get("sheet_id").asString())).contains("After all", "12.50");
  }

  private Set<String> listed() {
    String page = gateway.exchange(gateway.request("/docs/problems").GET()).body();
    return Pattern.compile("<tr id=\"[^\"]*\"><td><code>([^<]*)</code>")
        .matcher(page)
        .results()
        .map((MatchResult row) -> row.group(1))
        .collect(Collectors.toSet());
  }
}
