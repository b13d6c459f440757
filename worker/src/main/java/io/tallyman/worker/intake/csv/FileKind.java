package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes by their first bytes files that are no CSV, but are sent as such. */
public final class FileKind {
  private static final int LOOKED_AT = 1024;

  private FileKind() {}

  /**
   * Checks the beginning of a file without consuming it.
   *
   * @throws BadInput {@code not-csv} that names the format and says what to send
   */
  static void requireCsv(InputStream bytes) throws IOException {
    bytes.mark(LOOKED_AT);
    byte[] beginning = bytes.readNBytes(LOOKED_AT);
    bytes.reset();
    String other = otherThanCsv(beginning);
    if (other != null) {
      throw new BadInput("not-csv", "The file is not CSV", "The file is " + other);
    }
  }

  /** What a file is that is not CSV, and what to send instead; null if it may be CSV. */
  public static @Nullable String otherThanCsv(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return text.contains("[Content_Types].xml") || text.contains("xl/")
          ? "an Excel workbook (xlsx). Save the sheet as CSV UTF-8, and send that."
          : "a zip archive. Send the CSV file itself; to compress it, use gzip.";
    }
    if (text.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return "an Excel workbook (xls). Save the sheet as CSV UTF-8, and send that.";
    }
    if (text.startsWith("%PDF-")) {
      return "a PDF document. Export the table as CSV, and send that.";
    }
    String words = Spaces.strip(text.replace("\u00ef\u00bb\u00bf", "")).toLowerCase(Locale.ROOT);
    if (words.startsWith("<!doctype html") || words.matches("(?s)<(html|head|table|body)\\b.*")) {
      return "an HTML page, perhaps of an error or of a login. Download the CSV file again.";
    }
    if (words.startsWith("<?xml")) {
      return "an XML document. Export the table as CSV, and send that.";
    }
    return null;
  }
}
