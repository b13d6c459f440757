package io.tallyman.worker.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tallyman.worker.work.Pipeline.Sink;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Passes good rows on as CSV, in pieces worth sending. What is null becomes an empty cell. */
final class StagedRows {
  private static final int PIECE_CHARS = 32 * 1024;

  private final Sink<byte[]> sink;
  private final CharArrayWriter piece = new CharArrayWriter(2 * PIECE_CHARS);
  private final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(piece);

  StagedRows(Sink<byte[]> sink) {
    this.sink = sink;
  }

  void add(Row.Good row) throws IOException, InterruptedException {
    csv.writeRecord(row.staged());
    csv.flush();
    if (piece.size() >= PIECE_CHARS) {
      flush();
    }
  }

  void flush() throws InterruptedException {
    sink.put(piece.toString().getBytes(StandardCharsets.UTF_8));
    piece.reset();
  }
}
