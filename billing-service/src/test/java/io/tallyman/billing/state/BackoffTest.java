package io.tallyman.billing.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private final Backoff backoff =
      new Backoff(
          new TaskConfiguration(
              Duration.ofSeconds(15),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              20,
              5,
              Duration.ofMinutes(10),
              Duration.ofSeconds(1),
              Duration.ofMinutes(5),
              Duration.ofHours(1),
              100_000,
              50_000,
              50_000,
              Duration.ofDays(366),
              Duration.ofDays(90)));

  @ParameterizedTest
  @CsvSource({"2,1000", "3,2000", "6,16000", "11,300000", "1000,300000"})
  void pauseIsJitteredAndDoublesUpToItsCap(int attempt, long bound) {
    var pauses = IntStream.range(0, 2_000).mapToLong(_ -> backoff.before(attempt).toMillis());

    assertThat(pauses.summaryStatistics())
        .satisfies(
            seen -> assertThat(seen.getMin()).isBetween(0L, bound / 10),
            seen -> assertThat(seen.getMax()).isBetween(bound * 9 / 10, bound));
  }
}
