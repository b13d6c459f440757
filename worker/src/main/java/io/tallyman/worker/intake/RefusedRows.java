package io.tallyman.worker.intake;

import static io.tallyman.worker.sheet.Column.Type.INTEGER;
import static io.tallyman.worker.sheet.Column.Type.TEXT;

import io.tallyman.worker.intake.csv.ExpansionLimit;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.sheet.Column;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.sheet.SheetWriter;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.task.Work;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sheet of an import's refused rows, in the order of the file. A row has the place and the
 * reason, then the original cells under the file's own header; surplus cells are kept. Without
 * refused rows there is no sheet. The sheet lists only the first rows, up to the limits of the
 * configuration and of {@link ExpansionLimit}; the others are only counted.
 */
final class RefusedRows implements Closeable {
  private static final List<Column> REASON =
      List.of(
          new Column("line", INTEGER),
          new Column("column", TEXT),
          new Column("code", TEXT),
          new Column("message", TEXT));

  private final Work work;
  private final SheetFormat format;
  private final List<String> header;
  private final long maxRows;
  private final long maxBytes;
  private @Nullable SheetWriter sheet;
  private boolean full;
  private long count;

  RefusedRows(
      Work work, SheetFormat format, List<String> header, RefusedRowsConfiguration configuration)
      throws IOException {
    this.work = work;
    this.format = format;
    this.header = header;
    maxRows = configuration.maxRows();
    maxBytes = Math.min(configuration.maxBytes(), ExpansionLimit.bytes(work.upload().bytes()));
  }

  void add(Row.Refused row) throws IOException {
    count++;
    if (!full) {
      list(row);
    }
  }

  private void list(Row.Refused row) throws IOException {
    SheetWriter open = sheet;
    if (open == null) {
      open = work.beginSheet(columns(), format, maxRows);
      sheet = open;
    }
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(Long.toString(row.line()));
    cells.add(row.column());
    cells.add(row.code());
    cells.add(row.message());
    cells.addAll(row.cells());
    for (int missing = header.size() - row.cells().size(); missing > 0; missing--) {
      cells.add("");
    }
    open.write(cells.toArray(new @Nullable String[0]));
    full = open.rows() >= maxRows || open.bytes() >= maxBytes;
  }

  /** The number of refused rows, listed or not. */
  long count() {
    return count;
  }

  /**
   * @return the finished sheet; null if no row was refused
   */
  @Nullable WrittenSheet finish(String fileName, Instant snapshotAt) throws IOException {
    return sheet == null ? null : sheet.finish(fileName, snapshotAt);
  }

  @Override
  public void close() throws IOException {
    if (sheet != null) {
      sheet.close();
    }
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(REASON);
    header.forEach(name -> columns.add(new Column(name, TEXT)));
    return columns;
  }
}
