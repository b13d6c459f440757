package io.tallyman.billing.billing;

import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams billings as they are at one moment in the database, in the order of a sheet. */
@Singleton
public final class BillingRows {
  /** The columns of a billing on a sheet, of {@code billing b JOIN vendor v}. */
  public static final String COLUMNS =
      """
      b.date_billed, v.account_name, v.account_number, b.reference, b.payable, b.currency,
        b.total_issues
      """;

  /**
   * The index has the order of a sheet. With a nested loop over it the first rows come at once and
   * nothing is sorted. The planner would prefer a sort that spills to disk, so these settings are
   * switched off.
   */
  private static final List<String> IN_ORDER_OF_THE_INDEX =
      List.of("enable_hashjoin", "enable_mergejoin", "enable_sort");

  private final Snapshots snapshots;

  BillingRows(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * @param from inclusive
   * @param to inclusive
   */
  record Selection(
      LocalDate from, LocalDate to, @Nullable Long vendorId, @Nullable String currency) {

    /** COPY takes no parameters. Only dates, a number and a validated code get into this SQL. */
    private String condition() {
      StringBuilder condition = new StringBuilder();
      condition.append("b.date_billed BETWEEN '%s' AND '%s'".formatted(from, to));
      if (vendorId != null) {
        condition.append(" AND b.vendor_id = ").append(vendorId);
      }
      if (currency != null) {
        condition.append(" AND b.currency = '").append(lettersOnly(currency)).append('\'');
      }
      return condition.toString();
    }

    private static String lettersOnly(String code) {
      return code.replaceAll("[^A-Z]", "");
    }
  }

  Snapshot open(Selection selection) {
    String rows =
        """
        SELECT %s
        FROM billing b JOIN vendor v ON v.id = b.vendor_id
        WHERE %s
        ORDER BY b.date_billed, b.vendor_id, b.id
        """
            .formatted(COLUMNS, selection.condition());
    return snapshots.open(
        new Snapshots.Selection(
            "billing b WHERE " + selection.condition(), rows, IN_ORDER_OF_THE_INDEX));
  }
}
