package io.tallyman.worker.intake;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.tallyman.worker.intake.row.Layout;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.task.TransientFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The staged rows that billing-service refuses because of its vendors: a CSV stream of line, field,
 * code and message, in the order of the file.
 */
final class StagingRefusals implements Closeable {
  private static final int CELLS = 4;

  private final InputStream source;
  private final Iterator<String[]> refusals;
  private final Layout layout;
  private final long expected;
  private long taken;
  private boolean begun;
  private @Nullable Refusal next;

  private record Refusal(long line, String field, String code, String message) {}

  /**
   * @param expected the number of refusals that billing-service announced
   */
  StagingRefusals(InputStream source, Layout layout, long expected) {
    this.source = source;
    this.layout = layout;
    this.expected = expected;
    refusals =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .build(StringArrayHandler.of(), source, StandardCharsets.UTF_8)
            .iterator();
  }

  /**
   * The refusal of a row; null if it is not refused. Call it for every good row, in the order of
   * the file.
   */
  Row.@Nullable Refused of(Row.Good row) {
    Refusal refusal = next();
    if (refusal == null || refusal.line > row.line()) {
      return null;
    }
    if (refusal.line < row.line()) {
      throw interrupted(null);
    }
    taken++;
    next = advance();
    String column = layout.column(refusal.field);
    return new Row.Refused(row.line(), column, refusal.code, refusal.message, row.cells());
  }

  /**
   * @throws TransientFailure if the stream ended early, or had refusals for unknown rows
   */
  void requireAllTaken() {
    if (next() != null || taken != expected) {
      throw interrupted(null);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /**
   * Reads the first refusal on the first call and not in the constructor: a constructor that throws
   * would leave the stream open.
   */
  private @Nullable Refusal next() {
    if (!begun) {
      begun = true;
      next = advance();
    }
    return next;
  }

  private @Nullable Refusal advance() {
    try {
      if (!refusals.hasNext()) {
        return null;
      }
      String[] cells = refusals.next();
      if (cells.length < CELLS) {
        throw interrupted(null);
      }
      return new Refusal(Long.parseLong(cells[0]), cells[1], cells[2], cells[3]);
    } catch (UncheckedIOException | CsvParseException | NumberFormatException broken) {
      throw interrupted(broken);
    }
  }

  private TransientFailure interrupted(@Nullable Exception cause) {
    return new TransientFailure(
        "refusals-interrupted",
        "The transfer of refused rows was interrupted",
        "billing-service sent " + taken + " of " + expected + " refused rows.",
        cause);
  }
}
