package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.date.FourDigitYear;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as a client submits it.
 *
 * @param task the name of its type
 * @param priority 0 to 9, where 9 is the most urgent; null means {@value #DEFAULT_PRIORITY}
 * @param eta the earliest time to start; null means now
 */
@Serdeable
public record NewTask(
    @NotBlank String task,
    @NotNull JsonNode parameters,
    @Nullable @Min(0) @Max(9) Integer priority,
    @Nullable @FourDigitYear @PermittedEta Instant eta) {

  static final int DEFAULT_PRIORITY = 4;

  /** Whether it cannot start yet. */
  public boolean isNotDue() {
    return eta != null && eta.isAfter(Instant.now());
  }

  int priorityOrDefault() {
    return priority == null ? DEFAULT_PRIORITY : priority;
  }
}
