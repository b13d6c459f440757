package io.tallyman.billing.currency;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/** An ISO 4217 code of a currency that has an agreed number of decimals, such as {@code GBP}. */
@Documented
@Constraint(validatedBy = {})
@Retention(RUNTIME)
public @interface KnownCurrency {
  String message() default "is not an ISO 4217 currency code such as GBP";
}
