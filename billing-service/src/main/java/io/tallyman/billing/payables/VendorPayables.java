package io.tallyman.billing.payables;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.AggregateQueries;
import io.tallyman.kit.database.RecordMapper;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Sums the billings of a year by vendor and currency, as they are now. The order is that in which
 * the vendors were added, because names may change while a client reads page after page.
 */
@Singleton
final class VendorPayables {
  private static final Keyset<Sums, Position> ORDER =
      new Keyset<>(
          "vendor-payables",
          Position.class,
          sums -> new Position(sums.vendorId(), sums.currency()));

  private final AggregateQueries queries;
  private final Pages pages;

  /**
   * @param payable the total of the year
   * @param months twelve
   */
  @Serdeable
  record VendorYear(
      long vendorId,
      String accountName,
      @Nullable String accountNumber,
      String currency,
      BigDecimal payable,
      List<MonthPayable> months) {

    private static VendorYear of(int year, Sums sums) {
      List<MonthPayable> months =
          IntStream.rangeClosed(1, sums.months().size())
              .mapToObj(
                  month ->
                      new MonthPayable(
                          YearMonth.of(year, month).toString(), sums.months().get(month - 1)))
              .toList();
      return new VendorYear(
          sums.vendorId(),
          sums.accountName(),
          sums.accountNumber(),
          sums.currency(),
          sums.total(),
          months);
    }
  }

  /**
   * @param month such as {@code 2021-01}
   */
  @Serdeable
  record MonthPayable(String month, BigDecimal payable) {}

  @Serdeable
  public record Position(long vendorId, String currency) {}

  /**
   * @param months twelve, January first
   */
  public record Sums(
      long vendorId,
      String accountName,
      @Nullable String accountNumber,
      String currency,
      BigDecimal total,
      List<BigDecimal> months) {}

  VendorPayables(AggregateQueries queries, Pages pages) {
    this.queries = queries;
    this.pages = pages;
  }

  Page<VendorYear> page(PayablesQuery query, PageRequest request) {
    return pages
        .page(ORDER, query, request, (after, count) -> rows(query, after, count))
        .map(sums -> VendorYear.of(query.year(), sums));
  }

  /** Sums only the vendors of one page. */
  private List<Sums> rows(PayablesQuery query, @Nullable Position after, int count) {
    String beyond = after == null ? "" : "WHERE (vendor_id, currency) > (:vendorId, :currency)";
    String sql =
        """
        SELECT p.*, v.account_name, v.account_number
        FROM (
          SELECT vendor_id, currency, sum(payable) AS total, ARRAY[%s] AS months
          FROM (%s) billings
          %s
          GROUP BY vendor_id, currency
          ORDER BY vendor_id, currency
          LIMIT :count
        ) p JOIN vendor v ON v.id = p.vendor_id
        ORDER BY p.vendor_id, p.currency
        """
            .formatted(String.join(", ", PayablesQuery.sums()), query.billings(), beyond);
    return queries.inTransaction(
        handle -> {
          Query rows = handle.createQuery(sql).bind("count", count);
          if (after != null) {
            rows.bindMethods(after);
          }
          return rows.map(RecordMapper.of(Sums.class)).list();
        });
  }
}
