package io.tallyman.billing.date;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/**
 * A date, or an instant in UTC, with a year from 1 to 9999. Every client and store can represent
 * these.
 */
@Documented
@Constraint(validatedBy = {})
@Retention(RUNTIME)
public @interface FourDigitYear {
  /** What a value is told that has another year. */
  String FAULT = "must have a year from 0001 to 9999";

  String message() default FAULT;
}
