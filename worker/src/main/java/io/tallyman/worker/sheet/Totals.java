package io.tallyman.worker.sheet;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums amounts, separately for each currency. */
final class Totals {
  private final SortedMap<String, BigDecimal> sums = new TreeMap<>();

  void add(String currency, BigDecimal payable) {
    sums.merge(currency, payable, BigDecimal::add);
  }

  /** One total for each currency that occurred, ordered by its code. */
  List<Total> all() {
    return sums.entrySet().stream().map(sum -> new Total(sum.getKey(), sum.getValue())).toList();
  }
}
