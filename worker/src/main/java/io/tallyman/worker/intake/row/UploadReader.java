package io.tallyman.worker.intake.row;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file once, from its header to its last row. */
public final class UploadReader {
  private final Iterator<CsvRecord> records;
  private final Layout layout;
  private final RowReader grammar;
  private final @Nullable RefusedSheet sheet;
  private long rows;

  /** Receives the rows of every kind, in the order of the file. */
  public interface Receiver {
    void take(Row row) throws IOException, InterruptedException;
  }

  private UploadReader(
      Iterator<CsvRecord> records, Layout layout, RowReader grammar, @Nullable RefusedSheet sheet) {
    this.records = records;
    this.layout = layout;
    this.grammar = grammar;
    this.sheet = sheet;
  }

  /** Reads the header. */
  public static UploadReader begin(Upload upload, ImportParameters parameters) throws IOException {
    Iterator<CsvRecord> records = upload.records(CsvFormat.of(parameters));
    Layout layout = Layout.of(header(records), parameters.columns(), parameters.date() != null);
    return new UploadReader(records, layout, new RowReader(layout, parameters), null);
  }

  /**
   * Reads the header of a sheet of refused rows. Its rows are read as rows of the first file, with
   * their lines there.
   *
   * @param format the format of the sheet
   * @param parameters how to read the first file
   */
  public static UploadReader beginCorrection(
      Upload upload, CsvFormat format, ImportParameters parameters) throws IOException {
    Iterator<CsvRecord> records = upload.records(format);
    Layout layout =
        Layout.of(
            RefusedSheet.header(header(records)), parameters.columns(), parameters.date() != null);
    return new UploadReader(records, layout, new RowReader(layout, parameters), new RefusedSheet());
  }

  private static List<String> header(Iterator<CsvRecord> records) {
    if (!records.hasNext()) {
      throw new BadInput("empty-file", "The file is empty", "The file has no header.");
    }
    return records.next().getFields();
  }

  /** Passes every row on. Call it once. */
  public void read(Receiver receiver) throws IOException, InterruptedException {
    Footers footers = new Footers(layout, grammar.hasDate(), receiver);
    while (records.hasNext()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      CsvRecord record = records.next();
      Row row = sheet == null ? grammar.read(record) : sheet.read(record, grammar);
      if (sheet == null) {
        footers.take(row);
      } else {
        receiver.take(row);
      }
      rows++;
    }
    footers.end();
  }

  /** The amount of a row of any kind; null if it cannot be read. */
  public @Nullable Money money(Row row) {
    return grammar.money(row.cells());
  }

  public Layout layout() {
    return layout;
  }

  /** The number of data rows passed on so far. */
  public long rows() {
    return rows;
  }
}
