package io.tallyman.billing.tasktype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import io.micronaut.core.convert.ConversionService;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeLimitsTest {
  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.tasks.lease", "2s",
              "tallyman.tasks.heartbeat", "500ms",
              "tallyman.tasks.time-limits.billing-sheet", "90s"));

  private final TestWorker worker = new TestWorker(SERVICE);

  @Test
  void attemptEndsByTheLimitOfItsType() {
    UUID sheet = startedMinutesAgo(worker.submit(), 2);
    UUID imported = startedMinutesAgo(worker.submitImport(), 2);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(worker.status(sheet)).isEqualTo("FAILURE"));

    assertThat(worker.task(sheet).text("error", "type"))
        .isEqualTo("urn:tallyman:problem:time-limit");
    assertThat(worker.task(sheet).text("error", "detail")).contains("90 seconds");
    assertThat(worker.verdict(sheet, 1)).isEqualTo("TIME_LIMIT");
    assertThat(worker.status(imported)).isEqualTo("STARTED");
  }

  @Test
  void limitIsSetByAnEnvironmentVariableToo() {
    TimeLimits limits = limits("TALLYMAN_TASKS_TIME_LIMITS_BILLING_UNDO_IMPORT", "5m");

    assertThat(limits.of("billing.undo_import")).hasValue(Duration.ofMinutes(5));
    assertThat(limits.of("billing.sheet")).hasValue(Duration.ofMinutes(90));
    assertThat(limits.of("billing.gone")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0s", "-1m", ""})
  void limitThatIsNoneStopsTheStartByItsName(String value) {
    assertThatThrownBy(() -> limits("TALLYMAN_TASKS_TIME_LIMITS_BILLING_SHEET", value))
        .hasMessageContaining("tallyman.tasks.time-limits.billing-sheet must be");
  }

  @Test
  void typeWithoutASettingHasAnHour() {
    TimeLimits limits =
        new TimeLimits(
            List.of(new Kind("billing.new")),
            new PropertySourcePropertyResolver(),
            SERVICE.bean(ConversionService.class));

    assertThat(limits.of("billing.new")).hasValue(Duration.ofHours(1));
  }

  private record Kind(String name) implements TaskType<Kind.Nothing> {
    private record Nothing() implements TaskParameters {}

    @Override
    public String description() {
      return "Does nothing.";
    }

    @Override
    public Class<Nothing> parameters() {
      return Nothing.class;
    }
  }

  private static TimeLimits limits(String variable, String value) {
    PropertySource environment =
        PropertySource.of(
            "environment",
            Map.of(variable, value),
            PropertyConvention.ENVIRONMENT_VARIABLE,
            Origin.of("test"));
    PropertySource usual =
        PropertySource.of("usual", Map.of("tallyman.tasks.time-limits.billing-sheet", "90m"));
    return new TimeLimits(
        List.of(new Kind("billing.sheet"), new Kind("billing.undo_import")),
        new PropertySourcePropertyResolver(usual, environment),
        SERVICE.bean(ConversionService.class));
  }

  private UUID startedMinutesAgo(UUID id, int minutes) {
    worker.claim(id);
    SERVICE.execute(
        """
        UPDATE task
        SET lease_until = now() + interval '1 hour',
          attempt_started_at = now() - make_interval(mins => ?)
        WHERE id = ?
        """,
        minutes,
        id);
    return id;
  }
}
