package io.tallyman.worker.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tallyman.worker.intake.csv.Expansion;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.stream.Pipeline.Sink;
import io.tallyman.worker.task.BadInput;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Passes good rows on as CSV, in pieces worth sending. What is null becomes an empty cell. Where
 * the rows become too many bytes for their upload, the import fails.
 */
final class StagedRows {
  private static final int PIECE_CHARS = 32 * 1024;

  private final Sink<byte[]> sink;
  private final long maxBytes;
  private final CharArrayWriter piece = new CharArrayWriter(2 * PIECE_CHARS);
  private final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(piece);

  private long bytes;

  /**
   * @param maxBytes how many bytes all rows together may be
   */
  StagedRows(Sink<byte[]> sink, long maxBytes) {
    this.sink = sink;
    this.maxBytes = maxBytes;
  }

  void add(Row.Good row) throws IOException, InterruptedException {
    csv.writeRecord(row.staged());
    csv.flush();
    if (piece.size() >= PIECE_CHARS) {
      flush();
    }
  }

  /**
   * @throws BadInput if the rows are more bytes than they may be
   */
  void flush() throws InterruptedException {
    byte[] encoded = piece.toString().getBytes(StandardCharsets.UTF_8);
    bytes += encoded.length;
    if (bytes > maxBytes) {
      throw Expansion.exceeded(
          "The rows of the file become more than "
              + Expansion.HIGHEST_RATIO
              + " times as much as its gzip; send the file unpacked, or split it.");
    }
    sink.put(encoded);
    piece.reset();
  }
}
