package io.tallyman.worker.intake;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.intake.row.Money;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.intake.row.UploadReader;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.task.Work;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts and sums the rows of one file by what becomes of them, and lists the refused ones. */
final class ReadRows implements Closeable {
  private static final int SHOWN = 200;

  private final UploadReader reader;
  private final RefusedRows refused;
  private final FileTotals totals = new FileTotals();
  private final List<Footer> footers = new ArrayList<>();
  private long empty;

  /**
   * @param format that of the sheet of refused rows
   */
  ReadRows(
      UploadReader reader, Work work, SheetFormat format, RefusedRowsConfiguration configuration)
      throws IOException {
    this.reader = reader;
    refused = new RefusedRows(work, format, reader.layout().header(), configuration);
  }

  /**
   * A row below the data.
   *
   * @param text its cells that are not empty, cut to 200 characters
   * @param payable the amount in it; null if it has none
   */
  @Serdeable
  record Footer(long line, String text, @Nullable BigDecimal payable) {}

  /**
   * What an import adds to its sheet of refused rows.
   *
   * @param rows the data rows: good and refused rows, empty rows and footers
   * @param refused the number of refused rows
   * @param empty the number of rows without any content
   * @param footers at most 20
   * @param sums the amounts of the good and the refused rows, by currency
   * @param unread the number of refused rows whose amount or currency cannot be read
   * @param query the options that were found in the file; null if none were looked for
   */
  @Serdeable
  record Counts(
      long rows,
      long refused,
      long empty,
      List<Footer> footers,
      List<FileTotals.Sum> sums,
      long unread,
      @Nullable String query) {}

  void add(Row row) throws IOException {
    switch (row) {
      case Row.Good good -> totals.addGood(good.money());
      case Row.Refused bad -> {
        refused.add(bad);
        totals.addRefused(reader.money(bad));
      }
      case Row.Empty _ -> empty++;
      case Row.Footer footer -> footers.add(footer(footer));
    }
  }

  private Footer footer(Row.Footer row) {
    String text =
        row.cells().stream()
            .map(String::strip)
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.joining(" | "));
    Money money = reader.money(row);
    return new Footer(
        row.line(),
        text.length() > SHOWN ? text.substring(0, SHOWN) + "\u2026" : text,
        money == null ? null : money.amount());
  }

  /**
   * @param query the options that were found in the file; null if none were looked for
   */
  Counts counts(@Nullable String query) {
    return new Counts(
        reader.rows(), refused.count(), empty, footers, totals.all(), totals.unread(), query);
  }

  /** The number of good rows. */
  long good() {
    return reader.rows() - refused.count() - empty - footers.size();
  }

  /**
   * @return the finished sheet of refused rows; null if no row was refused
   */
  @Nullable WrittenSheet finish(String fileName, Instant snapshotAt) throws IOException {
    return refused.finish(fileName, snapshotAt);
  }

  @Override
  public void close() throws IOException {
    refused.close();
  }
}
