package io.tallyman.worker.intake.row;

/** A cell that refuses its row. Has no stack trace: there may be millions. */
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

  /** One that shows what stands there, or the beginning of it. */
  static BadCell of(Field field, String code, String text, String fault) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new BadCell(field, code, '"' + shown + "\" " + fault);
  }

  Field field() {
    return field;
  }

  String code() {
    return code;
  }
}
