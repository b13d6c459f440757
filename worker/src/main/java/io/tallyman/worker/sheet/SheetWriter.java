package io.tallyman.worker.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tallyman.kit.disk.MeasuredOutput;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a sheet: RFC 4180 but for the delimiter, UTF-8, CRLF, a header, quotes only where needed,
 * text cells by the rule of {@link TextCell}. Used by one thread at a time.
 */
public final class SheetWriter implements Closeable {
  private static final int MOST_BUFFER_CHARS = 64 * 1024;
  private static final int LEAST_BUFFER_CHARS = 1024;
  private static final int CHARS_PER_ROW = 128;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final SheetOutput target;
  private final List<Column> columns;
  private final SheetFormat format;
  private final boolean[] text;
  private final int payable;
  private final int currency;
  private final MeasuredOutput output;
  private final CsvWriter csv;
  private final Totals totals = new Totals();
  private long rows;

  private SheetWriter(
      SheetOutput target, List<Column> columns, SheetFormat format, long expectedRows) {
    this.target = target;
    this.columns = List.copyOf(columns);
    this.format = format;
    text = new boolean[columns.size()];
    for (int index = 0; index < text.length; index++) {
      text[index] = columns.get(index).type() == Column.Type.TEXT;
    }
    List<Column.Type> types = columns.stream().map(Column::type).toList();
    payable = types.lastIndexOf(Column.Type.DECIMAL);
    currency = types.indexOf(Column.Type.CURRENCY);
    output = new MeasuredOutput(target);
    csv =
        CsvWriter.builder()
            .fieldSeparator(format.separator())
            .lineDelimiter(LineDelimiter.CRLF)
            .bufferSize(bufferChars(expectedRows))
            .build(output, StandardCharsets.UTF_8);
  }

  /**
   * Begins a sheet and writes its header. From now on the writer owns the target and closes it.
   *
   * @param columns if there are decimals and a currency, the last decimal column is summed by
   *     currency
   * @param expectedRows about how many rows follow; the buffer has room for so many, within limits
   */
  public static SheetWriter begin(
      SheetOutput target, List<Column> columns, SheetFormat format, long expectedRows)
      throws IOException {
    SheetWriter writer = new SheetWriter(target, columns, format, expectedRows);
    try {
      Stream<String> names = columns.stream().map(Column::name);
      if (format.isForSpreadsheets()) {
        writer.output.write(BYTE_ORDER_MARK);
        // The names of refused rows are those of an imported file.
        names = names.map(name -> TextCell.write(name, format));
      }
      writer.csv.writeRecord(names.toList());
    } catch (IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
    return writer;
  }

  private static int bufferChars(long rows) {
    return Math.clamp(
        Math.min(rows, MOST_BUFFER_CHARS) * CHARS_PER_ROW, LEAST_BUFFER_CHARS, MOST_BUFFER_CHARS);
  }

  /**
   * Adds a row. The writer may change the array.
   *
   * @param cells one for each column; any that come after them are text
   * @throws java.io.UncheckedIOException if the store takes no more
   */
  public void write(@Nullable String[] cells) {
    for (int index = 0; index < cells.length; index++) {
      String cell = cells[index];
      if (cell != null && (index >= text.length || text[index])) {
        cells[index] = TextCell.write(cell, format);
      }
    }
    if (payable >= 0 && currency >= 0) {
      String code = cells[currency];
      String amount = cells[payable];
      if (code != null && amount != null) {
        totals.add(code, new BigDecimal(amount));
      }
    }
    if (format.hasDecimalComma()) {
      writeDecimalCommas(cells);
    }
    csv.writeRecord(cells);
    rows++;
  }

  private void writeDecimalCommas(@Nullable String[] cells) {
    for (int index = 0; index < columns.size(); index++) {
      String cell = cells[index];
      if (cell != null && columns.get(index).type() == Column.Type.DECIMAL) {
        cells[index] = cell.replace('.', ',');
      }
    }
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** The bytes written so far, without those in the buffer. */
  public long bytes() {
    return output.bytes();
  }

  /** Completes the sheet; see {@link SheetOutput#publish}. */
  public WrittenSheet finish(String fileName, Instant snapshotAt) throws IOException {
    csv.flush();
    byte[] content = target.publish();
    return new WrittenSheet(
        fileName,
        columns,
        rows,
        totals.all(),
        output.bytes(),
        output.sha256(),
        snapshotAt,
        content == null ? null : Base64.getEncoder().encodeToString(content));
  }

  /** A sheet that was not finished is removed. */
  @Override
  public void close() throws IOException {
    target.close();
  }
}
