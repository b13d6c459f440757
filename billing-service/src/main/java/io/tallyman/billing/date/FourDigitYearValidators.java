package io.tallyman.billing.date;

import io.micronaut.context.annotation.Factory;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;

/** The rule of {@link FourDigitYear}. */
@Factory
public final class FourDigitYearValidators {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  @Singleton
  ConstraintValidator<FourDigitYear, LocalDate> dates() {
    return (date, annotation, context) ->
        date == null || (date.getYear() >= 1 && date.getYear() <= 9999);
  }

  @Singleton
  ConstraintValidator<FourDigitYear, Instant> instants() {
    return (instant, annotation, context) -> instant == null || isInRange(instant);
  }

  /** Compares instants, because one may have a year that is too large for a date. */
  public static boolean isInRange(Instant instant) {
    return !instant.isBefore(FIRST) && instant.isBefore(END);
  }
}
