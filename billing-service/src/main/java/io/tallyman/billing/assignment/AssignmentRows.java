package io.tallyman.billing.assignment;

import io.tallyman.billing.billing.BillingRows;
import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;

/**
 * Streams the billings of a range of days as they are at one moment, ordered by manager. The
 * planner chooses how to sort; for many days it sorts on disk.
 */
@Singleton
final class AssignmentRows {
  private final Snapshots snapshots;

  AssignmentRows(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * @param from inclusive
   * @param to inclusive
   */
  Snapshot open(LocalDate from, LocalDate to) {
    String billed = "b.date_billed BETWEEN '%s' AND '%s'".formatted(from, to);
    String rows =
        """
        SELECT v.manager_id, %s
        FROM billing b JOIN vendor v ON v.id = b.vendor_id
        WHERE %s
        ORDER BY v.manager_id NULLS LAST, v.id, b.date_billed, b.id
        """
            .formatted(BillingRows.COLUMNS, billed);
    return snapshots.open(new Snapshots.Selection("billing b WHERE " + billed, rows, List.of()));
  }
}
