package io.tallyman.worker.sheet;

import io.tallyman.kit.csv.Formula;

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
    boolean needsOne = isQuoted(text) || format.isForSpreadsheets();
    return needsOne && Formula.isBehindApostrophes(text) ? '\'' + text : text;
  }

  /** Restores the text of a cell: removes the apostrophe that the rule added, if there is one. */
  public static String read(String cell) {
    return isQuoted(cell) && Formula.isBehindApostrophes(cell) ? cell.substring(1) : cell;
  }

  private static boolean isQuoted(String text) {
    return text.startsWith("'");
  }
}
