package io.tallyman.billing.download;

import io.tallyman.kit.csv.Formula;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of a sheet, made safe for a spreadsheet: with a byte order mark, and with an apostrophe
 * before every text cell that a spreadsheet would run as a formula. So any sheet becomes what the
 * profile {@code excel} writes, and a sheet of that profile stays as it is, but for formulas in its
 * header. An import removes the apostrophes again. Cells of other types stay as they are, because a
 * negative amount is no formula.
 */
final class SpreadsheetStream extends InputStream {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int CHUNK = 16 * 1024;
  private static final String DELIMITERS = ",;\t";

  private final InputStream sheet;
  private final BitSet text = new BitSet();
  private final int columns;

  private final byte[] read = new byte[CHUNK];

  /** Each cell needs a byte for its delimiter, so no chunk becomes twice as long. */
  private final byte[] safe = new byte[2 * CHUNK];

  private int next;
  private int end;

  private Place place = Place.CELL_BEGIN;
  private boolean isHeader = true;
  private int column;
  private char delimiter;

  private enum Place {
    CELL_BEGIN,
    CELL,
    QUOTED_BEGIN,
    QUOTED,

    /** Behind a quote, which ends the cell unless another one follows. */
    QUOTE
  }

  private SpreadsheetStream(InputStream sheet, List<String> types) {
    this.sheet = sheet;
    this.columns = types.size();
    for (int index = 0; index < columns; index++) {
      text.set(index, types.get(index).equals("text"));
    }
  }

  /**
   * @param sheet is closed with the result
   * @param types the types of the columns; more cells in a row are text
   */
  static InputStream of(InputStream sheet, List<String> types) throws IOException {
    byte[] beginning = sheet.readNBytes(BYTE_ORDER_MARK.length);
    InputStream rest =
        Arrays.equals(beginning, BYTE_ORDER_MARK)
            ? sheet
            : new SequenceInputStream(new ByteArrayInputStream(beginning), sheet);
    return new SequenceInputStream(
        new ByteArrayInputStream(BYTE_ORDER_MARK), new SpreadsheetStream(rest, types));
  }

  @Override
  public int read() throws IOException {
    return fill() ? safe[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(safe, next, target, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    sheet.close();
  }

  /** Whether there is another byte. */
  private boolean fill() throws IOException {
    while (next == end) {
      int count = sheet.read(read, 0, CHUNK);
      if (count < 0) {
        return false;
      }
      next = 0;
      end = 0;
      for (int index = 0; index < count; index++) {
        accept(read[index]);
      }
    }
    return true;
  }

  private void accept(byte next) {
    if (delimiter == 0 && DELIMITERS.indexOf(next) >= 0) {
      // Behind the first name of the header, which is always one of ours.
      delimiter = (char) next;
    }
    switch (place) {
      case CELL_BEGIN -> begin(next);
      case CELL, QUOTE -> {
        if (place == Place.QUOTE && next == '"') {
          place = Place.QUOTED;
        } else if (!endsCell(next)) {
          place = Place.CELL;
        }
      }
      case QUOTED_BEGIN, QUOTED -> {
        if (place == Place.QUOTED_BEGIN) {
          escape(next);
        }
        place = next == '"' ? Place.QUOTE : Place.QUOTED;
      }
    }
    safe[end++] = next;
  }

  private void begin(byte next) {
    if (next == '"') {
      place = Place.QUOTED_BEGIN;
    } else if (!endsCell(next) && next != '\r') {
      escape(next);
      place = Place.CELL;
    }
  }

  private boolean endsCell(byte next) {
    if (next == delimiter) {
      column++;
    } else if (next == '\n') {
      column = 0;
      isHeader = false;
    } else {
      return false;
    }
    place = Place.CELL_BEGIN;
    return true;
  }

  private void escape(byte first) {
    boolean isText = isHeader || column >= columns || text.get(column);
    if (isText && Formula.isBegunBy(first)) {
      safe[end++] = '\'';
    }
  }
}
