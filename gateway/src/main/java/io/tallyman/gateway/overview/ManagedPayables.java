package io.tallyman.gateway.overview;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;

/**
 * The payables of the vendors that a user manages.
 *
 * @param payables one for each currency
 */
@Serdeable
record ManagedPayables(List<Total> payables) {
  @Serdeable
  record Total(String currency, BigDecimal payable) {}
}
