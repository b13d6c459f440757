package io.tallyman.worker.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tallyman.kit.disk.FreeSpace;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a sheet: RFC 4180 with a configurable delimiter, UTF-8, CRLF, a header, quotes only where
 * needed, and text cells by the rule of {@link TextCell}. The file has {@code .part} appended to
 * its name until it is complete and synced to disk. Used by one thread at a time.
 */
public final class SheetWriter implements Closeable {
  private static final int BUFFER_CHARS = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Path file;
  private final List<Column> columns;
  private final SheetFormat format;
  private final boolean[] text;
  private final int payable;
  private final int currency;
  private final SheetOutput output;
  private final CsvWriter csv;
  private final Totals totals = new Totals();
  private long rows;

  private SheetWriter(Path file, List<Column> columns, SheetFormat format, FreeSpace space)
      throws IOException {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.format = format;
    text = new boolean[columns.size()];
    for (int index = 0; index < text.length; index++) {
      text[index] = columns.get(index).type() == Column.Type.TEXT;
    }
    List<Column.Type> types = columns.stream().map(Column::type).toList();
    payable = types.lastIndexOf(Column.Type.DECIMAL);
    currency = types.indexOf(Column.Type.CURRENCY);
    output = new SheetOutput(unfinished(file), space);
    csv =
        CsvWriter.builder()
            .fieldSeparator(format.separator())
            .lineDelimiter(LineDelimiter.CRLF)
            .bufferSize(BUFFER_CHARS)
            .build(output, StandardCharsets.UTF_8);
  }

  /**
   * Begins a sheet and writes its header.
   *
   * @param columns if there is a currency column and a decimal column, the last decimal column is
   *     summed by currency
   * @throws StoreFull if the disk has too little free space; later writes may throw it too
   */
  static SheetWriter begin(Path file, List<Column> columns, SheetFormat format, FreeSpace space)
      throws IOException {
    Files.createDirectories(file.getParent());
    SheetWriter writer = new SheetWriter(file, columns, format, space);
    try {
      if (format.isForSpreadsheets()) {
        writer.output.write(BYTE_ORDER_MARK);
      }
      writer.csv.writeRecord(columns.stream().map(Column::name).toList());
    } catch (IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
    return writer;
  }

  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /**
   * Adds a row. The writer owns the array from now on and may change it.
   *
   * @param cells one for each column; additional cells are treated as text
   * @throws java.io.UncheckedIOException if writing to the store fails
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
    csv.writeRecord(cells);
    rows++;
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** The bytes written to the file so far, without those in the buffer. */
  public long bytes() {
    return output.bytes();
  }

  /**
   * Completes the sheet. When this returns, the file has its final name and survives a power
   * failure.
   */
  public WrittenSheet finish(String fileName, Instant snapshotAt) throws IOException {
    csv.flush();
    output.sync();
    csv.close();
    Files.move(unfinished(file), file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return new WrittenSheet(
        fileName, columns, rows, totals.all(), output.bytes(), output.digest(), snapshotAt);
  }

  /** Closes the file and deletes an unfinished sheet. */
  @Override
  public void close() throws IOException {
    output.close();
    Files.deleteIfExists(unfinished(file));
  }
}
