package io.tallyman.worker.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.work.BadInput;
import java.io.IOException;
import java.util.Iterator;

/** Reads a file once, from its header to its last row. */
final class Reading {
  private final Iterator<CsvRecord> records;
  private final Layout layout;
  private final RowReader grammar;
  private long rows;

  /** Receives the rows, good and refused, in the order of the file. */
  interface Receiver {
    void take(Row row) throws IOException, InterruptedException;
  }

  private Reading(Iterator<CsvRecord> records, Layout layout, RowReader grammar) {
    this.records = records;
    this.layout = layout;
    this.grammar = grammar;
  }

  /** Reads the header. */
  static Reading begin(Upload upload, ImportParameters parameters) throws IOException {
    Iterator<CsvRecord> records = upload.records(CsvFormat.of(parameters));
    if (!records.hasNext()) {
      throw new BadInput("empty-file", "The file is empty", "The file has no header.");
    }
    Layout layout = Layout.of(records.next().getFields(), parameters.columns());
    return new Reading(records, layout, new RowReader(layout, parameters));
  }

  /** Passes every row on. Call it once. */
  void read(Receiver receiver) throws IOException, InterruptedException {
    while (records.hasNext()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      receiver.take(grammar.read(records.next()));
      rows++;
    }
  }

  Layout layout() {
    return layout;
  }

  /** The number of data rows passed on so far. */
  long rows() {
    return rows;
  }
}
