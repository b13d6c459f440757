package io.tallyman.billing.payables;

import static io.tallyman.billing.payables.PayablesQuery.MONTHS;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Streams payables to workers. */
@Controller("/internal/payables")
@ExecuteOn(TaskExecutors.BLOCKING)
class PayablesRows {
  private final Snapshots snapshots;

  PayablesRows(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  /**
   * One row for each vendor and currency with billings in the year, as CSV without a header.
   * Columns: name, number, currency, twelve sums from January on, and their total. Order: by vendor
   * name, vendor id and currency. All rows are of one moment in the database; see {@link
   * Snapshot#answer}.
   */
  @Get(uri = "/rows", headRoute = false)
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<InputStream> rows(
      @QueryValue @Min(1) @Max(9999) int year,
      @Nullable @QueryValue @KnownCurrency String currency) {
    return open(new PayablesQuery(year, currency)).answer();
  }

  private Snapshot open(PayablesQuery query) {
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
