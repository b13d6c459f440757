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
 * A task as it is submitted.
 *
 * @param task the name of its type
 * @param priority 0 to 9, 9 first; {@value #DEFAULT_PRIORITY} where none is given
 * @param eta not to be started before
 */
@Serdeable
public record NewTask(
    @NotBlank String task,
    @NotNull JsonNode parameters,
    @Nullable @Min(0) @Max(9) Integer priority,
    @Nullable @FourDigitYear Instant eta) {

  static final int DEFAULT_PRIORITY = 4;

  int priorityOrDefault() {
    return priority == null ? DEFAULT_PRIORITY : priority;
  }
}
