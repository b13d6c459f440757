package io.tallyman.billing.profile;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.WireSamples;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The search for profiles on the wire, as the canonical samples have it. */
final class WireTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private static final List<String> HEADER = List.of("Payment Date", "Beneficiary Name", "Amount");

  private final WireSamples samples = new WireSamples(SERVICE);

  @Test
  void readsAHeader() throws IOException {
    samples.assertReads(
        "profile-matches-request",
        ProfileMatchController.Header.class,
        new ProfileMatchController.Header(HEADER));
  }

  @Test
  void writesTheProfilesForIt() throws IOException {
    JsonNode options =
        samples.write(
            Map.of(
                "columns",
                "date_billed:Payment Date,account_name:Beneficiary Name,payable:Amount",
                "currency",
                "GBP"));
    samples.assertWrites(
        "profile-matches",
        new ProfileMatchController.Matches(
            List.of(
                new ImportProfile(
                    "council",
                    options,
                    samples.write(HEADER),
                    Instant.parse("2026-01-02T03:04:05.678901Z")))));
  }
}
