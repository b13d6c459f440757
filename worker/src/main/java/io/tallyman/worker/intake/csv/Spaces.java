package io.tallyman.worker.intake.csv;

import java.util.Locale;

/** Spaces and invisible characters, as spreadsheets and web pages leave them in files. */
public final class Spaces {
  private Spaces() {}

  /**
   * Whether a character has no ink: a space of any kind, a format character, or a control but NUL.
   */
  public static boolean isBlank(int codePoint) {
    return (codePoint <= ' ' && codePoint > 0)
        || Character.isSpaceChar(codePoint)
        || (codePoint > 0 && Character.isISOControl(codePoint))
        || Character.getType(codePoint) == Character.FORMAT;
  }

  /** Whether nothing of the text can be seen. */
  public static boolean areAll(String text) {
    return text.codePoints().allMatch(Spaces::isBlank);
  }

  /** The text without spaces and invisible characters at both ends. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** The text stripped, with one plain space for each run of spaces. */
  public static String single(String text) {
    String stripped = strip(text);
    boolean isPlain = true;
    for (int index = 0; index < stripped.length() && isPlain; index++) {
      char now = stripped.charAt(index);
      isPlain = now > ' ' ? !isBlank(now) : now == ' ' && stripped.charAt(index - 1) != ' ';
    }
    if (isPlain) {
      return stripped;
    }
    StringBuilder single = new StringBuilder();
    for (int index = 0; index < stripped.length(); index++) {
      char now = stripped.charAt(index);
      if (Character.getType(now) == Character.FORMAT) {
        continue;
      }
      boolean isSpace = isBlank(now);
      if (!isSpace || single.charAt(single.length() - 1) != ' ') {
        single.append(isSpace ? ' ' : now);
      }
    }
    return single.toString();
  }

  /** The text for a message: invisible characters are written as {@code <U+FEFF>}. */
  public static String show(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (point != ' ' && isBlank(point)) {
                shown.append("<U+%04X>".formatted(point));
              } else {
                shown.appendCodePoint(point);
              }
            });
    return shown.toString();
  }

  /** A name for comparison: stripped, single spaces, and upper and lower case alike. */
  public static String fold(String name) {
    return single(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
