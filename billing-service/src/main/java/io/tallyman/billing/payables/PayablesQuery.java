package io.tallyman.billing.payables;

import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import java.time.Month;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which payables are asked for, and the SQL that all who sum them up share, so that a sheet and an
 * answer cannot differ.
 *
 * @param year 1 to 9999
 * @param currency an ISO 4217 code; null for all
 */
@Serdeable
record PayablesQuery(int year, @Nullable String currency) {
  /** The months' names as columns, January first. */
  static final List<String> MONTHS =
      Stream.of(Month.values()).map(month -> month.name().toLowerCase(Locale.ROOT)).toList();

  /**
   * The sums of the months, January first, to be selected from {@link #billings} by group. They
   * have the currency's decimals also where nothing was billed.
   */
  static List<String> sums() {
    return Stream.of(Month.values())
        .map(Month::getValue)
        .map("coalesce(sum(payable) FILTER (WHERE month = %d), 0 * sum(payable))"::formatted)
        .toList();
  }

  /**
   * A query of the billings: {@code vendor_id}, {@code currency}, {@code month} (1 to 12) and
   * {@code payable}. Nothing gets into it but a number and a code that Java knows, so that COPY can
   * have it.
   */
  String billings() {
    String all =
        """
        SELECT vendor_id, currency, extract(month FROM date_billed) AS month, payable
        FROM billing
        WHERE date_billed BETWEEN '%s' AND '%s'
        """
            .formatted(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
    return currency == null
        ? all
        : all + "AND currency = '" + Currency.getInstance(currency) + "'\n";
  }
}
