package io.tallyman.gateway.payables;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is owed to a vendor in a year and a currency as it is now.
 *
 * @param payable the sum of the months
 * @param months twelve
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
   * @param month such as {@code 2021-01}
   */
  @Serdeable
  record MonthPayable(String month, BigDecimal payable) {}
}
