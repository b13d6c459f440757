package io.tallyman.e2e.chaos;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Invented billings with their own year and their own vendors. The expected sheet is known without
 * asking the stack.
 */
record Bills(int year, int rows) {
  private static final int VENDORS = 40;
  private static final int DAYS = 365;
  private static final String HEADER = "date_billed,account_name,payable,currency";

  record Bill(LocalDate date, String vendor, BigDecimal payable, String currency) {
    private String row() {
      return date + "," + vendor + "," + payable + "," + currency;
    }
  }

  String csv() {
    return Stream.concat(Stream.of(HEADER), all().map(Bill::row))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  LocalDate day(int day) {
    return LocalDate.of(year, 1, 1).plusDays(day % DAYS);
  }

  String vendor(int number) {
    return "Vendor %d of %d".formatted(number % VENDORS, year);
  }

  long vendors() {
    return Math.min(rows, VENDORS);
  }

  Figures figures(Predicate<Bill> which) {
    SortedMap<String, BigDecimal> totals = new TreeMap<>();
    long rows =
        all().filter(which).peek(bill -> Figures.add(totals, bill.currency, bill.payable)).count();
    return new Figures(rows, totals);
  }

  /** The figures of a sheet with a row for each vendor and currency. */
  Figures payables() {
    long pairs = all().map(bill -> bill.vendor + bill.currency).distinct().count();
    return new Figures(pairs, figures(_ -> true).totals());
  }

  private Stream<Bill> all() {
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                new Bill(
                    day(row),
                    vendor(row),
                    // Some are credit notes.
                    BigDecimal.valueOf((row * 37L % 100_000) - 2_000, 2),
                    row % 7 == 0 ? "EUR" : "GBP"));
  }
}
