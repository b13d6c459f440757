package io.tallyman.billing.payables;

import static io.tallyman.billing.payables.PayablesQuery.MONTHS;

import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Streams the payables as they are at one moment in the database: one row for each vendor and
 * currency, with a column for each month.
 */
@Singleton
final class PayablesRows {
  private final Snapshots snapshots;

  PayablesRows(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  Snapshot open(PayablesQuery query) {
    String counted =
        "(SELECT DISTINCT vendor_id, currency FROM (%s) billings) vendors"
            .formatted(query.billings());
    return snapshots.open(new Snapshots.Selection(counted, rows(query), List.of()));
  }

  /** Orders names by code points, independently of the database's collation. */
  private static String rows(PayablesQuery query) {
    return """
    SELECT v.account_name, v.account_number, p.currency, %s, p.total
    FROM (
      SELECT vendor_id, currency, %s, sum(payable) AS total
      FROM (%s) billings
      GROUP BY vendor_id, currency
    ) p JOIN vendor v ON v.id = p.vendor_id
    ORDER BY v.account_name COLLATE "C", v.id, p.currency
    """
        .formatted(String.join(", ", MONTHS), namedSums(), query.billings());
  }

  private static String namedSums() {
    List<String> sums = PayablesQuery.sums();
    return IntStream.range(0, sums.size())
        .mapToObj(month -> sums.get(month) + " AS " + MONTHS.get(month))
        .collect(Collectors.joining(",\n"));
  }
}
