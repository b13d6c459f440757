package io.tallyman.billing.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is submitted.
 *
 * @param task the name of its type
 * @param priority 0 to 9, 9 first; {@value #DEFAULT_PRIORITY} where none is given
 * @param eta not to be started before
 */
@Serdeable
record NewTask(
    @NotBlank String task,
    @NotNull JsonNode parameters,
    @Nullable @Min(0) @Max(9) Integer priority,
    @Nullable Instant eta) {

  static final int DEFAULT_PRIORITY = 4;

  private static final Instant FAR_FUTURE = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * @throws InvalidFields if the database cannot hold its {@code eta}
   */
  void requireEtaInReach() {
    if (eta != null && !eta.isBefore(FAR_FUTURE)) {
      throw new InvalidFields(List.of(new FieldError("/eta", "lies beyond the year 9999")));
    }
  }

  int priorityOrDefault() {
    return priority == null ? DEFAULT_PRIORITY : priority;
  }
}
