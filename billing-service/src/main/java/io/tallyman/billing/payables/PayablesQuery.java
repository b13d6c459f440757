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
 * The requested payables, and the SQL that all summing queries share, so that a sheet and an answer
 * agree.
 *
 * @param year 1 to 9999
 * @param currency an ISO 4217 code; null for all currencies
 */
@Serdeable
record PayablesQuery(int year, @Nullable String currency) {
  /** The column names of the months, January first. */
  static final List<String> MONTHS =
      Stream.of(Month.values()).map(month -> month.name().toLowerCase(Locale.ROOT)).toList();

  /**
   * SQL expressions for the sums of the months, January first, for a grouped query over {@link
   * #billings}. A month without billings sums to zero with the currency's decimals.
   */
  static List<String> sums() {
    return Stream.of(Month.values())
        .map(Month::getValue)
        .map("coalesce(sum(payable) FILTER (WHERE month = %d), 0 * sum(payable))"::formatted)
        .toList();
  }

  /**
   * A query for the billings with the columns {@code vendor_id}, {@code currency}, {@code month} (1
   * to 12) and {@code payable}. Only a number and a code that Java knows get into it, so it is safe
   * in a COPY.
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
