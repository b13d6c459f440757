package io.tallyman.worker.sheet;

/**
 * The apostrophe rule of text cells. Spreadsheets run text that begins with one of {@code = + - @
 * TAB CR} as a formula. An apostrophe before it prevents that, so sheets for spreadsheets get one
 * there. To let a reader always remove one apostrophe, text that already has apostrophes before
 * such a character gets one more in every format.
 */
public final class TextCell {
  private TextCell() {}

  /** Escapes text for a cell. {@link #read} restores it. */
  static String write(String text, SheetFormat format) {
    int apostrophes = apostrophes(text);
    boolean needsOne = apostrophes > 0 || format.isForSpreadsheets();
    return needsOne && isRunBehind(apostrophes, text) ? '\'' + text : text;
  }

  /** Restores the text of a cell: removes the apostrophe that the rule added, if there is one. */
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

  /** Whether the character at the index makes a spreadsheet run the text. */
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
