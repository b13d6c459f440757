package io.tallyman.worker.billing;

import static io.tallyman.worker.sheet.Column.Type.CURRENCY;
import static io.tallyman.worker.sheet.Column.Type.DECIMAL;
import static io.tallyman.worker.sheet.Column.Type.TEXT;

import io.micronaut.http.uri.UriBuilder;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.stream.BillingServiceStreams;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sheet of what is owed to each vendor in a year, by month. */
@Singleton
final class TotalPayables implements TaskType<TotalPayables.Parameters> {
  static final int CURRENCY_COLUMN = 2;
  static final int FIRST_MONTH_COLUMN = 3;

  /** The vendor and currency, twelve months, and their total. */
  private static final List<Column> COLUMNS =
      Stream.of(
              Stream.of(
                  new Column("account_name", TEXT),
                  new Column("account_number", TEXT),
                  new Column("currency", CURRENCY)),
              Stream.of(Month.values())
                  .map(month -> new Column(month.name().toLowerCase(Locale.ROOT), DECIMAL)),
              Stream.of(new Column("total", DECIMAL)))
          .flatMap(columns -> columns)
          .toList();

  private final BillingServiceStreams billingService;
  private final JsonMapper json;

  TotalPayables(BillingServiceStreams billingService, JsonMapper json) {
    this.billingService = billingService;
    this.json = json;
  }

  @Serdeable
  record Parameters(int year, @Nullable String currency, @Nullable SheetFormat format) {
    URI rows() {
      UriBuilder path = UriBuilder.of("/internal/payables/rows").queryParam("year", year);
      if (currency != null) {
        path.queryParam("currency", currency);
      }
      return path.build();
    }
  }

  /**
   * What the type adds to its sheet.
   *
   * @param months the sheet's sums by currency and month
   */
  @Serdeable
  record Months(List<MonthTotal> months) {}

  @Override
  public String name() {
    return "billing.total_payables";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Done run(Parameters parameters, Work work) throws IOException, InterruptedException {
    MonthTotals months = new MonthTotals(parameters.year());
    try (BillingRows rows = new BillingRows(billingService.read(parameters.rows()));
        SheetWriter sheet =
            work.beginSheet(COLUMNS, SheetFormat.orRaw(parameters.format()), rows.count())) {
      rows.passTo(
          some -> {
            for (String[] row : some) {
              months.add(row);
              sheet.write(row);
            }
            work.report(new Progress("writing", "rows", sheet.rows(), rows.count()));
          },
          work);
      String fileName = "payables-" + parameters.year() + ".csv";
      JsonNode result = json.writeValueToTree(new Months(months.all()));
      return new Done(sheet.finish(fileName, rows.snapshotAt()), result);
    }
  }
}
