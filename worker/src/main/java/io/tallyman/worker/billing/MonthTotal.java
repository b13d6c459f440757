package io.tallyman.worker.billing;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/**
 * The sum of a sheet's amounts in one currency over a month.
 *
 * @param month such as {@code 2021-01}
 */
@Serdeable
record MonthTotal(String currency, String month, BigDecimal payable) {}
