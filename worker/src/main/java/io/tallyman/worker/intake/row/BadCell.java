package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.Spaces;

/**
 * A cell whose fault makes its row refused. It has no stack trace, because a file may have
 * millions.
 */
final class BadCell extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  private final Field field;
  private final String code;

  BadCell(Field field, String code, String message) {
    super(message, null, false, false);
    this.field = field;
    this.code = code;
  }

  /**
   * A fault whose message quotes the first 60 characters of the cell and shows the invisible ones.
   */
  static BadCell of(Field field, String code, String text, String fault) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new BadCell(field, code, '"' + Spaces.show(shown) + "\" " + fault);
  }

  Field field() {
    return field;
  }

  String code() {
    return code;
  }
}
