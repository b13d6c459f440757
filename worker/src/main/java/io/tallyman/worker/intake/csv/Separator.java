package io.tallyman.worker.intake.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line {@code sep=;} with which spreadsheets begin a file to name its delimiter. */
final class Separator {
  private static final Pattern LINE =
      Pattern.compile("\"?sep=(.)\"?(?:[\\r\\n].*|$)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final int LONGEST = 9;

  private Separator() {}

  /** The delimiter that the first line names; null if it names none. Consumes nothing. */
  static @Nullable Character named(Reader text) throws IOException {
    text.mark(LONGEST);
    char[] first = new char[LONGEST];
    int length = 0;
    int read = 0;
    while (length < LONGEST && read >= 0) {
      length += read;
      read = text.read(first, length, LONGEST - length);
    }
    text.reset();
    Matcher line = LINE.matcher(new String(first, 0, length));
    return line.matches() ? (Character) line.group(1).charAt(0) : null;
  }
}
