package io.tallyman.billing.currency;

import java.util.Currency;
import java.util.Map;
import java.util.stream.Collectors;

/** The currencies of ISO 4217 that have an agreed number of decimals. */
public final class CurrencyDecimals {
  /** The number of decimals of each currency, by its code. */
  public static final Map<String, Integer> BY_CODE =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .collect(
              Collectors.toUnmodifiableMap(
                  Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

  private CurrencyDecimals() {}
}
