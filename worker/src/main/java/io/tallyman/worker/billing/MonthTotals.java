package io.tallyman.worker.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums the months of payables rows, separately for each currency. */
final class MonthTotals {
  private static final int MONTHS = 12;

  private final int year;
  private final SortedMap<String, BigDecimal[]> sums = new TreeMap<>();

  MonthTotals(int year) {
    this.year = year;
  }

  void add(String[] row) {
    BigDecimal[] months =
        sums.computeIfAbsent(row[TotalPayables.CURRENCY_COLUMN], currency -> zeros());
    for (int month = 0; month < MONTHS; month++) {
      BigDecimal payable = new BigDecimal(row[TotalPayables.FIRST_MONTH_COLUMN + month]);
      months[month] = months[month].add(payable);
    }
  }

  /** Twelve totals for each currency that occurred, ordered by code and month. */
  List<MonthTotal> all() {
    List<MonthTotal> all = new ArrayList<>();
    sums.forEach(
        (currency, months) -> {
          for (int month = 0; month < MONTHS; month++) {
            String name = YearMonth.of(year, month + 1).toString();
            all.add(new MonthTotal(currency, name, months[month]));
          }
        });
    return all;
  }

  private static BigDecimal[] zeros() {
    BigDecimal[] zeros = new BigDecimal[MONTHS];
    Arrays.fill(zeros, BigDecimal.ZERO);
    return zeros;
  }
}
