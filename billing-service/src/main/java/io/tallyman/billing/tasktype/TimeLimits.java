package io.tallyman.billing.tasktype;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.value.PropertyResolver;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How long one attempt may take before its task fails: one hour, unless a setting says otherwise.
 * The setting of a task type is named after the type with dashes, such as {@code
 * tallyman.tasks.time-limits.billing-sheet}.
 */
@Context
public final class TimeLimits {
  private static final String PREFIX = "tallyman.tasks.time-limits.";
  private static final Duration WITHOUT_A_SETTING = Duration.ofHours(1);

  private final Map<String, Duration> limits;

  @Inject
  TimeLimits(List<TaskType<?>> types, Environment environment, ConversionService conversion) {
    this(types, (PropertyResolver) environment, conversion);
  }

  TimeLimits(List<TaskType<?>> types, PropertyResolver settings, ConversionService conversion) {
    this.limits =
        types.stream()
            .collect(Collectors.toMap(TaskType::name, type -> limit(type, settings, conversion)));
  }

  /** Empty for a task type that no longer exists. */
  public Optional<Duration> of(String task) {
    return Optional.ofNullable(limits.get(task));
  }

  private static Duration limit(
      TaskType<?> type, PropertyResolver settings, ConversionService conversion) {
    String key = PREFIX + type.name().replaceAll("[._]", "-");
    if (!settings.containsProperty(key)) {
      return WITHOUT_A_SETTING;
    }
    String value = settings.getProperty(key, String.class).orElse("");
    return conversion
        .convert(value, Duration.class)
        .filter(Duration::isPositive)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key + " must be a positive duration such as 90m, not \"" + value + "\""));
  }
}
