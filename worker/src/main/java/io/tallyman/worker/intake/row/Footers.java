package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.Spaces;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the footers of a file: its last rows, if they cannot be billings. A refused row without a
 * date or without a vendor is held back. If data follows, it is passed on as refused; at the end of
 * the file it is passed on as a footer. At most {@value #MOST} rows are held back.
 */
final class Footers implements UploadReader.Receiver {
  private static final int MOST = 20;

  /** What a cell of a total says, in lower case and without a colon at its end. */
  private static final Set<String> TOTAL =
      Set.of(
          "total",
          "totals",
          "grand total",
          "sub total",
          "subtotal",
          "total amount",
          "sum",
          "summe",
          "gesamt",
          "gesamtsumme",
          "somme",
          "total g\u00e9n\u00e9ral",
          "totale",
          "totaal",
          "suma",
          "soma",
          "total geral",
          "total general",
          "\u5408\u8ba1",
          "\u603b\u8ba1",
          "\u5c0f\u8ba1");

  private final Layout layout;
  private final UploadReader.Receiver receiver;
  private final Queue<Row.Refused> held = new ArrayDeque<>();

  Footers(Layout layout, UploadReader.Receiver receiver) {
    this.layout = layout;
    this.receiver = receiver;
  }

  @Override
  public void take(Row row) throws IOException, InterruptedException {
    if (row instanceof Row.Refused refused && canBeFooter(refused)) {
      held.add(refused);
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
    for (Row.Refused footer : held) {
      receiver.take(new Row.Footer(footer.line(), footer.cells()));
    }
    held.clear();
  }

  /**
   * Whether a row is no billing whose date or vendor somebody forgot. It lacks a date or a vendor,
   * and it lacks both, or it has no amount, or one of its cells calls it a total.
   */
  private boolean canBeFooter(Row.Refused row) {
    boolean dated = has(Field.DATE_BILLED, row);
    boolean named = has(Field.ACCOUNT_NAME, row) || has(Field.ACCOUNT_NUMBER, row);
    if (dated && named) {
      return false;
    }
    return (!dated && !named)
        || Stream.of(Field.PAYABLE, Field.DEBIT, Field.CREDIT).noneMatch(field -> has(field, row))
        || row.cells().stream().anyMatch(Footers::isTotal);
  }

  private boolean has(Field field, Row.Refused row) {
    return !Spaces.areAll(layout.cell(field, row.cells()));
  }

  private static boolean isTotal(String cell) {
    String text = cell.strip().toLowerCase(Locale.ROOT);
    return TOTAL.contains(text.endsWith(":") ? text.substring(0, text.length() - 1) : text);
  }
}
