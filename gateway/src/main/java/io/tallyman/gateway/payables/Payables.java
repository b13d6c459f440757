package io.tallyman.gateway.payables;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;

/**
 * The amounts owed in a year, computed at the time of the request.
 *
 * @param totals one total for each currency of the year, sorted by code
 * @param months twelve months for each currency, sorted by currency and month
 */
@Serdeable
record Payables(int year, List<Total> totals, List<MonthTotal> months) {
  @Serdeable
  record Total(String currency, BigDecimal payable) {}

  /**
   * @param month the month, such as {@code 2021-01}
   */
  @Serdeable
  record MonthTotal(String currency, String month, BigDecimal payable) {}
}
