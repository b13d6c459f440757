package io.tallyman.worker.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/** The sum of a sheet's amounts in one currency, with as many decimals as the amounts have. */
@Serdeable
public record Total(String currency, BigDecimal payable) {}
