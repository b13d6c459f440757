package io.tallyman.gateway.payables;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is owed in a year as it is now.
 *
 * @param totals one for each currency that occurs in the year, by its code
 * @param months twelve for each of them, by currency and month
 */
@Serdeable
record Payables(int year, List<Total> totals, List<MonthTotal> months) {
  @Serdeable
  record Total(String currency, BigDecimal payable) {}

  /**
   * @param month such as {@code 2021-01}
   */
  @Serdeable
  record MonthTotal(String currency, String month, BigDecimal payable) {}
}
