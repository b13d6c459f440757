package io.tallyman.billing.payables;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.AggregateQueries;
import io.tallyman.billing.sheet.MonthTotal;
import io.tallyman.billing.sheet.Total;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Sums the billings of a year over all vendors, as they are now. */
@Singleton
final class Payables {
  private final AggregateQueries queries;

  Payables(AggregateQueries queries) {
    this.queries = queries;
  }

  /**
   * @param totals one for each currency that occurs in the year, ordered by code
   * @param months twelve for each of these currencies, ordered by currency and month
   */
  @Serdeable
  record Year(int year, List<Total> totals, List<MonthTotal> months) {}

  /**
   * @param months twelve, January first
   */
  public record Sums(String currency, BigDecimal total, List<BigDecimal> months) {}

  Year year(PayablesQuery query) {
    List<Total> totals = new ArrayList<>();
    List<MonthTotal> months = new ArrayList<>();
    for (Sums sums : sums(query)) {
      totals.add(new Total(sums.currency(), sums.total()));
      for (int month = 1; month <= sums.months().size(); month++) {
        String name = YearMonth.of(query.year(), month).toString();
        months.add(new MonthTotal(sums.currency(), name, sums.months().get(month - 1)));
      }
    }
    return new Year(query.year(), totals, months);
  }

  private List<Sums> sums(PayablesQuery query) {
    String sums =
        """
        SELECT currency, sum(payable) AS total, ARRAY[%s] AS months
        FROM (%s) billings
        GROUP BY currency
        ORDER BY currency
        """
            .formatted(String.join(", ", PayablesQuery.sums()), query.billings());
    return queries.inTransaction(
        handle -> handle.createQuery(sums).map(RecordMapper.of(Sums.class)).list());
  }
}
