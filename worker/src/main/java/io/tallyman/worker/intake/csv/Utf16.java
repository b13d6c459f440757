package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Detects UTF-16, which spreadsheets call "Unicode text", in a file that was sent with another
 * charset.
 */
final class Utf16 {
  private static final int LOOKED_AT = 1024;

  private Utf16() {}

  /**
   * Checks the beginning of a file without consuming it.
   *
   * @throws BadInput if it has the byte order mark of UTF-16, or NULs in its header
   */
  static void refuse(InputStream bytes, Charset named) throws IOException {
    bytes.mark(LOOKED_AT);
    byte[] beginning = bytes.readNBytes(LOOKED_AT);
    bytes.reset();
    String found = isWide(named) ? null : find(beginning);
    if (found != null) {
      throw new BadInput(
          "bad-encoding",
          "The file cannot be decoded",
          "The file looks like UTF-16, not "
              + named.name()
              + "; save it as UTF-8, or send it with charset="
              + found
              + ".");
    }
  }

  /** Whether ordinary text in this charset contains NUL bytes. */
  private static boolean isWide(Charset charset) {
    String name = charset.name().toUpperCase(Locale.ROOT);
    return name.contains("UTF-16") || name.contains("UTF-32");
  }

  private static @Nullable String find(byte[] beginning) {
    String first = HexFormat.of().formatHex(beginning, 0, Math.min(2, beginning.length));
    if (first.equals("fffe") || first.equals("feff")) {
      return "utf-16";
    }
    for (int index = 0; index < beginning.length && beginning[index] != '\n'; index++) {
      if (beginning[index] == 0) {
        return index % 2 == 0 ? "utf-16be" : "utf-16le";
      }
    }
    return null;
  }
}
