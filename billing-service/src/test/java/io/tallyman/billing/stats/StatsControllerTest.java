package io.tallyman.billing.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatsControllerTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final String HOUR = "?from=2022-03-31T00:00:00Z&to=2022-03-31T01:00:00Z";

  private final TestWorker worker = new TestWorker(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void tasksOfTheIntervalAreCountedByTheirEnds() {
    ended("SUCCESS", "2022-03-31T00:00:00Z", 100, 1_000);
    ended("SUCCESS", "2022-03-31T00:30:00Z", 300, 3_000);
    ended("REVOKED", "2022-03-31T00:59:59Z", 200, 9_000);
    fail(ended("FAILURE", "2022-03-31T00:00:01Z", 400, 2_000), "worker-lost");
    fail(ended("FAILURE", "2022-03-31T00:10:02Z", 500, 4_000), "worker-lost");
    fail(ended("FAILURE", "2022-03-31T00:00:03Z", 600, 5_000), "time-limit");
    ended("SUCCESS", "2022-03-31T01:00:00Z", 7_777, 7_777);
    ended("SUCCESS", "2022-03-30T23:59:59Z", 7_777, 7_777);

    JsonNode sheets = types(HOUR).get(0);

    assertThat(sheets)
        .isEqualTo(
            tree(
                """
                {"task": "billing.sheet", "submitted": 6, "submitted_per_minute": 0.1,
                 "succeeded": 2, "failed": 3, "revoked": 1, "waiting": 0, "running": 0,
                 "waiting_ms": {"p50": 300, "p95": 600, "max": 600},
                 "running_ms": {"p50": 3000, "p95": 5000, "max": 5000},
                 "failures": [
                   {"reason": "worker-lost", "count": 2, "over_time": [
                     {"at": "2022-03-31T00:00:00.000000Z", "count": 1},
                     {"at": "2022-03-31T00:10:00.000000Z", "count": 1}]},
                   {"reason": "time-limit", "count": 1, "over_time": [
                     {"at": "2022-03-31T00:00:00.000000Z", "count": 1}]}]}
                """));
  }

  @Test
  void waitingBeginsWhenATaskIsDue() {
    UUID id = ended("SUCCESS", "2022-03-31T00:00:00Z", 60_250, 1_000);
    SERVICE.execute("UPDATE task SET eta = created_at + interval '1 min' WHERE id = ?", id);

    assertThat(SERVICE.get("/stats" + HOUR).body()).contains("\"waiting_ms\":{\"p50\":250");
  }

  @Test
  void whatWaitsAndRunsNowIsCountedWheneverItWasSubmitted() {
    worker.claim(worker.submit());
    worker.submit();
    worker.submit(TestWorker.notDue());
    worker.submitImport();

    assertThat(SERVICE.get("/stats" + HOUR).body())
        .containsSubsequence(
            "\"billing.import\"", "\"waiting\":1", "\"running\":0", "\"waiting_ms\":null")
        .containsSubsequence(
            "\"billing.sheet\"", "\"submitted\":0", "\"waiting\":2", "\"running\":1");
  }

  @Test
  void withoutAnIntervalItIsTheLastDay() {
    worker.submit();

    Answer stats = SERVICE.get("/stats");

    assertThat(stats.body()).contains("\"submitted\":1", "\"succeeded\":0");
    assertThat(Duration.between(Instant.parse(stats.text("from")), Instant.parse(stats.text("to"))))
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void ninetyTwoDaysAreNotTooMany() {
    assertThat(SERVICE.get("/stats?from=2022-01-01T00:00:00Z&to=2022-04-03T00:00:00Z").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "?from=2022-01-01T00:00:00Z&to=2022-04-03T00:00:00.000001Z, ?from",
    "?from=2022-01-01T00:00:00Z&to=2022-01-01T00:00:00Z, ?to",
    "?from=2999-01-01T00:00:00Z, ?to",
    "?from=2022-01-01T00:00:00Z, ?from",
    "?from=yesterday, ?from",
    "?to=%2B99999-01-01T00:00:00Z, ?to"
  })
  void intervalThatIsNoneOrTooLongIsRefused(String query, String pointer) {
    Answer refused = SERVICE.get("/stats" + query);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("\"pointer\":\"" + pointer + "\"");
  }

  @Test
  void writesWhatTheSampleShows() throws IOException {
    String sample = Files.readString(Path.of("src/wire/stats.json"));
    JsonMapper json = SERVICE.bean(JsonMapper.class);

    Stats stats = Objects.requireNonNull(json.readValue(sample, Stats.class));

    assertThat(tree(json.writeValueAsString(stats))).isEqualTo(tree(sample));
  }

  /** Adds an ended task that waited and ran for so many milliseconds. */
  private UUID ended(String status, String created, int waited, int ran) {
    UUID id = worker.submit();
    SERVICE.execute(
        """
        UPDATE task
        SET status = ?, created_at = at, started_at = at + waited, attempt = 1,
          attempt_started_at = at + waited, date_done = at + waited + ran
        FROM (SELECT CAST(? AS timestamptz) AS at, make_interval(secs => ? / 1000.0) AS waited,
          make_interval(secs => ? / 1000.0) AS ran) AS times
        WHERE id = ?
        """,
        status,
        created,
        waited,
        ran,
        id);
    return id;
  }

  private static void fail(UUID id, String slug) {
    SERVICE.execute(
        "UPDATE task SET error = jsonb_build_object('type', 'urn:tallyman:problem:' || ?)"
            + " WHERE id = ?",
        slug,
        id);
  }

  private static JsonNode types(String query) {
    Answer stats = SERVICE.get("/stats" + query);
    assertThat(stats.status()).as(stats.body()).isEqualTo(200);
    return Objects.requireNonNull(stats.json().get("types"));
  }

  private static JsonNode tree(String text) {
    try {
      return Objects.requireNonNull(SERVICE.bean(JsonMapper.class).readValue(text, JsonNode.class));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
