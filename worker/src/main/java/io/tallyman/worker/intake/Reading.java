package io.tallyman.worker.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.work.BadInput;
import io.tallyman.worker.work.Outcome.Counts;
import io.tallyman.worker.work.Pipeline.Sink;
import io.tallyman.worker.work.Progress;
import io.tallyman.worker.work.Work;
import java.io.IOException;
import java.util.Iterator;

/** One reading of a file from its header to its last row. */
final class Reading {
  private static final int ROWS_PER_REPORT = 1_000;

  private final Upload upload;
  private final ImportParameters parameters;
  private final RefusedRows refused;
  private final Work work;
  private long rows;

  Reading(Upload upload, ImportParameters parameters, RefusedRows refused, Work work) {
    this.upload = upload;
    this.parameters = parameters;
    this.refused = refused;
    this.work = work;
  }

  /** Passes the good rows on and writes the refused ones into their sheet. */
  void read(Sink<byte[]> sink) throws IOException, InterruptedException {
    StagedRows staged = new StagedRows(sink);
    Iterator<CsvRecord> records = upload.records();
    if (!records.hasNext()) {
      throw new BadInput("empty-file", "The file is empty", "The file has not even a header.");
    }
    Layout layout = Layout.of(records.next().getFields(), parameters.columns());
    RowReader grammar = new RowReader(layout, parameters.currency());
    while (records.hasNext()) {
      switch (grammar.read(records.next())) {
        case Row.Good good -> staged.add(good);
        case Row.Refused bad -> refused.add(bad, layout.header());
      }
      rows++;
      if (rows % ROWS_PER_REPORT == 0) {
        report();
      }
    }
    staged.flush();
    report();
  }

  /** What was read; only when the reading has ended. */
  Counts counts() {
    return new Counts(rows, refused.count());
  }

  private void report() {
    work.report(new Progress("reading", "bytes", upload.read(), upload.size()));
  }
}
