package io.tallyman.billing.imports;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.imports.ImportCounts.Sum;
import io.tallyman.billing.sheet.Total;
import io.tallyman.billing.staging.StagedBillings.Applied;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The amounts of a file in one currency, over the rows whose amount and currency can be read.
 *
 * @param file the sum of the imported, refused and duplicate rows; if refused rows aborted the
 *     import, also of the others
 * @param imported the sum of the billings that the import added
 * @param refused the sum of the refused rows
 * @param duplicates the sum of the duplicates
 */
@Serdeable
record ImportTotal(
    String currency,
    BigDecimal file,
    BigDecimal imported,
    BigDecimal refused,
    BigDecimal duplicates) {

  /**
   * @param applied null if the import was aborted
   * @return one total for each currency, ordered by code
   */
  static List<ImportTotal> all(ImportCounts counts, @Nullable Applied applied) {
    List<Sum> sums = counts.sums() == null ? List.of() : counts.sums();
    Map<String, BigDecimal> refused = byCurrency(sums, Sum::refused);
    Map<String, BigDecimal> good = byCurrency(sums, Sum::good);
    Map<String, BigDecimal> imported = byCurrency(applied == null ? List.of() : applied.sums());
    Map<String, BigDecimal> duplicates =
        byCurrency(applied == null ? List.of() : applied.duplicateSums());
    SortedSet<String> currencies = new TreeSet<>(refused.keySet());
    currencies.addAll(imported.keySet());
    currencies.addAll(duplicates.keySet());
    return currencies.stream()
        .map(
            currency -> {
              BigDecimal in = sum(imported, currency);
              BigDecimal out = sum(refused, currency);
              BigDecimal known = sum(duplicates, currency);
              BigDecimal read = applied == null ? sum(good, currency) : in.add(known);
              return new ImportTotal(currency, read.add(out), in, out, known);
            })
        .toList();
  }

  /**
   * Whether the sums of the worker are those of the billings. It can be said only if all rows of
   * the file give a currency.
   */
  static boolean agree(ImportCounts counts, Applied applied) {
    List<Sum> sums = counts.sums();
    if (sums == null || sums.stream().anyMatch(sum -> sum.currency() == null)) {
      return true;
    }
    Map<String, BigDecimal> good = byCurrency(sums, Sum::good);
    Map<String, BigDecimal> stored = byCurrency(applied.sums());
    Map<String, BigDecimal> known = byCurrency(applied.duplicateSums());
    SortedSet<String> currencies = new TreeSet<>(good.keySet());
    currencies.addAll(stored.keySet());
    currencies.addAll(known.keySet());
    return currencies.stream()
        .allMatch(
            currency ->
                sum(stored, currency).add(sum(known, currency)).compareTo(sum(good, currency))
                    == 0);
  }

  private static BigDecimal sum(Map<String, BigDecimal> sums, String currency) {
    return sums.getOrDefault(currency, BigDecimal.ZERO);
  }

  private static Map<String, BigDecimal> byCurrency(
      List<Sum> sums, Function<Sum, BigDecimal> amount) {
    return byCurrency(
        sums.stream()
            .filter(sum -> sum.currency() != null)
            .map(sum -> new Total(String.valueOf(sum.currency()), amount.apply(sum)))
            .toList());
  }

  private static Map<String, BigDecimal> byCurrency(List<Total> totals) {
    return totals.stream().collect(Collectors.toMap(Total::currency, Total::payable));
  }
}
