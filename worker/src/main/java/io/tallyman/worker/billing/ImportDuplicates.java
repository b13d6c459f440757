package io.tallyman.worker.billing;

import static io.tallyman.worker.sheet.Column.Type.INTEGER;
import static io.tallyman.worker.sheet.Column.Type.TEXT;

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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sheet of an import's rows whose billings existed before: the line, where the billing
 * came from, and the billing.
 */
@Singleton
final class ImportDuplicates implements TaskType<ImportDuplicates.Parameters> {
  private static final List<Column> COLUMNS =
      Stream.concat(
              Stream.of(
                  new Column("line", INTEGER),
                  new Column("earlier_import_id", TEXT),
                  new Column("earlier_line", INTEGER),
                  new Column("billing_id", INTEGER)),
              BillingSheet.COLUMNS.stream())
          .toList();

  private final BillingServiceStreams billingService;

  /**
   * @param importId the id of the import's task
   * @param format null means {@link SheetFormat#RAW}
   */
  @Serdeable
  record Parameters(UUID importId, @Nullable SheetFormat format) {}

  ImportDuplicates(BillingServiceStreams billingService) {
    this.billingService = billingService;
  }

  @Override
  public String name() {
    return "billing.duplicates";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Done run(Parameters parameters, Work work) throws IOException, InterruptedException {
    URI path = URI.create("/internal/imports/" + parameters.importId() + "/duplicates");
    try (BillingRows rows = new BillingRows(billingService.read(path));
        SheetWriter sheet =
            work.beginSheet(COLUMNS, SheetFormat.orRaw(parameters.format()), rows.count())) {
      rows.passTo(
          some -> {
            some.forEach(row -> sheet.write(orNull(row)));
            work.report(new Progress("writing", "rows", sheet.rows(), rows.count()));
          },
          work);
      String fileName = "duplicates-" + parameters.importId() + ".csv";
      return new Done(sheet.finish(fileName, rows.snapshotAt()), null);
    }
  }

  /** The cells of a billing that is gone are empty: it has no amount. */
  private static @Nullable String[] orNull(String[] row) {
    @Nullable String[] cells = new @Nullable String[row.length];
    for (int index = 0; index < row.length; index++) {
      cells[index] = row[index].isEmpty() ? null : row[index];
    }
    return cells;
  }
}
