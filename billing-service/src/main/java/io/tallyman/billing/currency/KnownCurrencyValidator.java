package io.tallyman.billing.currency;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

@Singleton
final class KnownCurrencyValidator implements ConstraintValidator<KnownCurrency, String> {
  @Override
  public boolean isValid(
      @Nullable String code,
      AnnotationValue<KnownCurrency> annotation,
      ConstraintValidatorContext context) {
    return code == null || CurrencyDecimals.BY_CODE.containsKey(code);
  }
}
