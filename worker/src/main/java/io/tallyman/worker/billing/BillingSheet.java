package io.tallyman.worker.billing;

import static io.tallyman.worker.sheet.Column.Type.CURRENCY;
import static io.tallyman.worker.sheet.Column.Type.DATE;
import static io.tallyman.worker.sheet.Column.Type.DECIMAL;
import static io.tallyman.worker.sheet.Column.Type.INTEGER;
import static io.tallyman.worker.sheet.Column.Type.TEXT;

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
import java.util.List;
import java.util.Optional;

/** Writes the sheet of all billings of a day or a range of days, with their vendors. */
@Singleton
final class BillingSheet implements TaskType<SheetParameters> {
  /** The columns of a billing. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("date_billed", DATE),
          new Column("account_name", TEXT),
          new Column("account_number", TEXT),
          new Column("reference", TEXT),
          new Column("payable", DECIMAL),
          new Column("currency", CURRENCY),
          new Column("total_issues", INTEGER));

  private final BillingServiceStreams billingService;

  BillingSheet(BillingServiceStreams billingService) {
    this.billingService = billingService;
  }

  @Override
  public String name() {
    return "billing.sheet";
  }

  @Override
  public Class<SheetParameters> parameters() {
    return SheetParameters.class;
  }

  @Override
  public Done run(SheetParameters parameters, Work work) throws IOException, InterruptedException {
    Optional<SmallSheet> small = work.input().flatMap(SmallSheet::of);
    return small.isPresent() ? write(small.get(), parameters, work) : stream(parameters, work);
  }

  private static Done write(SmallSheet small, SheetParameters parameters, Work work)
      throws IOException {
    long count = small.rows().size();
    try (SheetWriter sheet =
        work.beginSheet(COLUMNS, SheetFormat.orRaw(parameters.format()), count)) {
      small.rows().forEach(sheet::write);
      work.report(new Progress("writing", "rows", count, count));
      return new Done(sheet.finish(parameters.fileName(), small.snapshotAt()), null);
    }
  }

  private Done stream(SheetParameters parameters, Work work)
      throws IOException, InterruptedException {
    try (BillingRows rows = new BillingRows(billingService.read(parameters.rows()));
        SheetWriter sheet =
            work.beginSheet(COLUMNS, SheetFormat.orRaw(parameters.format()), rows.count())) {
      rows.passTo(
          some -> {
            some.forEach(sheet::write);
            work.report(new Progress("writing", "rows", sheet.rows(), rows.count()));
          },
          work);
      return new Done(sheet.finish(parameters.fileName(), rows.snapshotAt()), null);
    }
  }
}
