package io.tallyman.billing.date;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/** A date, or an instant of UTC, of the years 1 to 9999: what every reader of ours can hold. */
@Documented
@Constraint(validatedBy = {})
@Retention(RUNTIME)
public @interface FourDigitYear {
  String message() default "is not of the years 0001 to 9999";
}
