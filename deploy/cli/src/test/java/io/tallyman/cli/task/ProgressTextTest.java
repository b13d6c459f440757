package io.tallyman.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ProgressTextTest {
  private static final Instant START = Instant.parse("2025-03-01T12:00:00Z");

  private final ProgressText text = new ProgressText();

  @Test
  void rateAndTimeLeftAreOfTheCurrentStep() {
    JsonNode beginning = started("writing", "rows", 2_000, "10000");
    JsonNode later = started("writing", "rows", 4_000, "10000");

    assertThat(text.line(beginning, START))
        .isEqualTo("writing [####----------------]  20%, 2,000 of 10,000 rows");
    assertThat(text.line(later, START.plusSeconds(2)))
        .isEqualTo("writing [########------------]  40%, 4,000 of 10,000 rows, 1,000/s, 6 s left");
    assertThat(text.line(started("syncing", "bytes", 1_500, "3000"), START.plusSeconds(9)))
        .isEqualTo("syncing [##########----------]  50%, 1.5 kB of 3.0 kB");
  }

  @Test
  void unknownTotalHasNoBar() {
    assertThat(text.line(started("reading", "rows", 1_234, "null"), START))
        .isEqualTo("reading: 1,234 rows");
  }

  @Test
  void phaseWhoseNumbersDoNotChangeHasNoBar() {
    assertThat(text.line(started("applying", "bytes", 3_000, "3000"), START)).isEqualTo("applying");
  }

  @Test
  void waitingSaysWhatItWaitsFor() {
    assertThat(text.line(json("{\"status\": \"PENDING\", \"queue_position\": 1200}"), START))
        .isEqualTo("PENDING: 1,200 tasks start before this one");
    assertThat(text.line(json("{\"status\": \"PENDING\", \"queue_position\": null}"), START))
        .isEqualTo("PENDING: waiting for a worker");
  }

  @Test
  void retrySaysWhy() {
    assertThat(
            text.line(
                json(
                    """
                    {"status": "RETRY", "attempt": 1, "max_attempts": 5,
                     "error": {"title": "The worker was lost"}}
                    """),
                START))
        .isEqualTo("RETRY: attempt 1 of 5 ended. The next one starts soon. The worker was lost");
  }

  private static JsonNode started(String phase, String unit, long done, String total) {
    return json(
        """
        {"status": "STARTED", "attempt": 1,
         "progress": {"phase": "%s", "unit": "%s", "done": %d, "total": %s}}
        """
            .formatted(phase, unit, done, total));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
