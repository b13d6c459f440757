package io.tallyman.worker.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tallyman.worker.intake.csv.ExpansionLimit;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.stream.Pipeline.Sink;
import io.tallyman.worker.task.BadInput;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Passes good rows on as CSV, in pieces of about 32 KiB. Null becomes an empty cell. Fails if the
 * rows exceed the limit for their upload.
 */
final class StagedRows {
  private static final int PIECE_CHARS = 32 * 1024;

  private final Sink<byte[]> sink;
  private final long maxBytes;
  private final CharArrayWriter piece = new CharArrayWriter(2 * PIECE_CHARS);
  private final CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(piece);

  private long bytes;

  /**
   * @param maxBytes the most bytes of all rows together
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
   * @throws BadInput if all rows together exceed {@code maxBytes}
   */
  void flush() throws InterruptedException {
    byte[] encoded = piece.toString().getBytes(StandardCharsets.UTF_8);
    bytes += encoded.length;
    if (bytes > maxBytes) {
      throw ExpansionLimit.exceeded(
          "The rows of the file expand to more than "
              + ExpansionLimit.HIGHEST_RATIO
              + " times the size of the upload. Send the file uncompressed, or split it.");
    }
    sink.put(encoded);
    piece.reset();
  }
}
