package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/** A sum in one currency. */
@Serdeable
public record Total(String currency, BigDecimal payable) {}
