package io.tallyman.gateway.payables;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The amounts owed to a vendor in a year and a currency, computed at the time of the request.
 *
 * @param payable the sum of the months
 * @param months the twelve months
 */
@Serdeable
record VendorPayables(
    long vendorId,
    String accountName,
    @Nullable String accountNumber,
    String currency,
    BigDecimal payable,
    List<MonthPayable> months) {

  /**
   * @param month the month, such as {@code 2021-01}
   */
  @Serdeable
  record MonthPayable(String month, BigDecimal payable) {}
}
