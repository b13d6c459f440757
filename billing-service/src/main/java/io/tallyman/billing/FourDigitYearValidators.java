package io.tallyman.billing;

import io.micronaut.context.annotation.Factory;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

@Factory
final class FourDigitYearValidators {
  @Singleton
  ConstraintValidator<FourDigitYear, LocalDate> dates() {
    return (date, annotation, context) -> date == null || hasFourDigits(date.getYear());
  }

  @Singleton
  ConstraintValidator<FourDigitYear, Instant> instants() {
    return (instant, annotation, context) ->
        instant == null || hasFourDigits(instant.atOffset(ZoneOffset.UTC).getYear());
  }

  private static boolean hasFourDigits(int year) {
    return year >= 1 && year <= 9999;
  }
}
