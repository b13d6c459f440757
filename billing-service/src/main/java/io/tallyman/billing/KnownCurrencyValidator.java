package io.tallyman.billing;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import jakarta.inject.Singleton;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class KnownCurrencyValidator implements ConstraintValidator<KnownCurrency, String> {
  private static final Set<String> CODES =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public boolean isValid(
      @Nullable String code,
      AnnotationValue<KnownCurrency> annotation,
      ConstraintValidatorContext context) {
    return code == null || CODES.contains(code);
  }
}
