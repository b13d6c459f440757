package io.tallyman.worker.sheet;

/**
 * The apostrophe rule of text cells. Spreadsheets run what begins with one of {@code = + - @ TAB
 * CR}, and an apostrophe before it prevents that; so sheets for spreadsheets have one there. That a
 * reader may take such an apostrophe away without asking where it came from, text that has
 * apostrophes there by itself is written with one more in every sheet.
 */
public final class TextCell {
  private TextCell() {}

  /** The text as it is written: {@link #read} makes the same text of it again. */
  static String write(String text, SheetFormat format) {
    int apostrophes = apostrophes(text);
    boolean needsOne = apostrophes > 0 || format.isForSpreadsheets();
    return needsOne && isRunBehind(apostrophes, text) ? '\'' + text : text;
  }

  /** The text that a cell means: one apostrophe less where the rule put it, else as it stands. */
  public static String read(String cell) {
    int apostrophes = apostrophes(cell);
    return apostrophes > 0 && isRunBehind(apostrophes, cell) ? cell.substring(1) : cell;
  }

  /** How many apostrophes the text begins with. */
  private static int apostrophes(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(count) == '\'') {
      count++;
    }
    return count;
  }

  /** Whether a character that a spreadsheet would run stands at the index. */
  private static boolean isRunBehind(int index, String text) {
    if (index == text.length()) {
      return false;
    }
    return switch (text.charAt(index)) {
      case '=', '+', '-', '@', '\t', '\r' -> true;
      default -> false;
    };
  }
}
