package io.tallyman.billing.stats;

import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The interval of a statistics request.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Interval(Instant from, Instant to) {
  private static final Duration LONGEST = Duration.ofDays(92);

  /**
   * @throws InvalidFields if it is longer than 92 days, or does not begin before it ends
   */
  void require() {
    if (!from.isBefore(to)) {
      throw invalid("?to", "must be after from");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw invalid("?from", "may be at most " + LONGEST.toDays() + " days before to");
    }
  }

  private static InvalidFields invalid(String pointer, String detail) {
    return new InvalidFields(List.of(new FieldError(pointer, detail)));
  }
}
