package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/**
 * A sum in one currency over a month.
 *
 * @param month such as {@code 2021-01}
 */
@Serdeable
public record MonthTotal(String currency, String month, BigDecimal payable) {}
