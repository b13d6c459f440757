package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.Spaces;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Finds the footers of a file: its last rows, if they cannot be billings. A row without a date of
 * its own or without a vendor is held back, also if the import gives a date for such rows. If data
 * follows, it is passed on as it is; at the end of the file it is passed on as a footer. At most
 * {@value #MOST} rows are held back.
 */
final class Footers implements UploadReader.Receiver {
  private static final int MOST = 20;

  private final Layout layout;
  private final boolean hasDate;
  private final UploadReader.Receiver receiver;
  private final Queue<Row> held = new ArrayDeque<>();

  /**
   * @param hasDate whether the import gives a date for rows that have none
   */
  Footers(Layout layout, boolean hasDate, UploadReader.Receiver receiver) {
    this.layout = layout;
    this.hasDate = hasDate;
    this.receiver = receiver;
  }

  @Override
  public void take(Row row) throws IOException, InterruptedException {
    boolean isCandidate = row instanceof Row.Refused || (hasDate && row instanceof Row.Good);
    if (isCandidate && canBeFooter(row.cells())) {
      held.add(row);
      if (held.size() > MOST) {
        receiver.take(held.remove());
      }
      return;
    }
    if (!(row instanceof Row.Empty)) {
      while (!held.isEmpty()) {
        receiver.take(held.remove());
      }
    }
    receiver.take(row);
  }

  /** Passes the footers on. Call it once, after the last row. */
  void end() throws IOException, InterruptedException {
    for (Row footer : held) {
      receiver.take(new Row.Footer(footer.line(), footer.cells()));
    }
    held.clear();
  }

  /**
   * Whether a row is no billing whose date or vendor somebody forgot. It lacks a date or a vendor,
   * and it lacks both, or it has no amount, or one of its cells calls it a total.
   */
  private boolean canBeFooter(List<String> cells) {
    boolean dated = has(Field.DATE_BILLED, cells);
    boolean named = has(Field.ACCOUNT_NAME, cells) || has(Field.ACCOUNT_NUMBER, cells);
    if (dated && named) {
      return false;
    }
    return (!dated && !named)
        || Stream.of(Field.PAYABLE, Field.DEBIT, Field.CREDIT).noneMatch(field -> has(field, cells))
        || cells.stream().anyMatch(Words::areTotal);
  }

  private boolean has(Field field, List<String> cells) {
    return !Spaces.areAll(layout.cell(field, cells));
  }
}
