package io.tallyman.kit.csv;

/**
 * Text that a spreadsheet runs as a formula, because it begins with one of {@code = + - @ TAB CR}.
 */
public final class Formula {
  private Formula() {}

  /** Whether a spreadsheet runs text that begins with this character. */
  public static boolean isBegunBy(int first) {
    return switch (first) {
      case '=', '+', '-', '@', '\t', '\r' -> true;
      default -> false;
    };
  }

  /** Whether a spreadsheet would run the text without the apostrophes that it begins with. */
  public static boolean isBehindApostrophes(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) == '\'') {
      first++;
    }
    return first < text.length() && isBegunBy(text.charAt(first));
  }
}
