package io.tallyman.worker.sheet;

/**
 * The apostrophe rule of text cells. Spreadsheets run what begins with one of {@code = + - @ TAB
 * CR}, and an apostrophe before it prevents that. So that a reader may take such an apostrophe away
 * without asking where it came from, text that has apostrophes there by itself is written with one
 * more.
 */
public final class TextCell {
  private TextCell() {}

  /** The text as it is written: {@link #read} makes the same text of it again. */
  static String write(String text) {
    return isMarked(text) ? '\'' + text : text;
  }

  /** The text that a cell means: one apostrophe less where the rule put it, else as it stands. */
  public static String read(String cell) {
    return isMarked(cell) ? cell.substring(1) : cell;
  }

  /** Whether apostrophes, at least one, stand before a character that a spreadsheet would run. */
  private static boolean isMarked(String text) {
    if (text.isEmpty() || text.charAt(0) != '\'') {
      return false;
    }
    int behind = 1;
    while (behind < text.length() && text.charAt(behind) == '\'') {
      behind++;
    }
    return behind < text.length() && isRun(text.charAt(behind));
  }

  private static boolean isRun(char first) {
    return switch (first) {
      case '=', '+', '-', '@', '\t', '\r' -> true;
      default -> false;
    };
  }
}
