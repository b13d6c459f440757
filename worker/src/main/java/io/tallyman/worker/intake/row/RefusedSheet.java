package io.tallyman.worker.intake.row;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.sheet.TextCell;
import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sheet of refused rows that is sent again. It has its own format, whatever the format of the
 * first file: Tallyman wrote it in UTF-8 with commas, but a spreadsheet may have saved it with
 * semicolons or tabs, and in another charset. Its first columns are {@link #REASON}; then come the
 * columns of the first file.
 */
public final class RefusedSheet {
  /** The columns before those of the file. */
  public static final List<String> REASON = List.of("line", "column", "code", "message");

  private static final Pattern DELIMITER = Pattern.compile("\"?line\"?([,;\t|])");
  private static final int LONGEST_BEGINNING = 16;

  private long last = 1;

  RefusedSheet() {}

  /**
   * Finds the format of the sheet. The delimiter stands behind the first name of the header. The
   * charset is UTF-8 if all bytes are valid in it, otherwise that of the first file.
   *
   * @param upload is read to its end
   * @param charset the charset of the first file
   * @throws BadInput if the file is no sheet of refused rows
   */
  public static CsvFormat format(Upload upload, Charset charset) throws IOException {
    Upload.Beginning beginning = upload.beginning(StandardCharsets.UTF_8, LONGEST_BEGINNING);
    Matcher delimiter = DELIMITER.matcher(beginning.text());
    if (!delimiter.lookingAt()) {
      throw noSheet();
    }
    return new CsvFormat(
        delimiter.group(1).charAt(0), beginning.isValid() ? StandardCharsets.UTF_8 : charset, null);
  }

  /** The header of the first file. */
  static List<String> header(List<String> header) {
    if (header.size() <= REASON.size() || !header.subList(0, REASON.size()).equals(REASON)) {
      throw noSheet();
    }
    return header.subList(REASON.size(), header.size());
  }

  /**
   * Reads a row as the row of the first file, with its line there. The lines have to ascend; that
   * way each is there once.
   */
  Row read(CsvRecord row, RowReader grammar) {
    List<String> all = row.getFields();
    List<String> cells = all.stream().skip(REASON.size()).map(TextCell::read).toList();
    if (all.stream().allMatch(String::isEmpty)) {
      return new Row.Empty(row.getStartingLineNumber(), cells);
    }
    long line = line(all.getFirst());
    if (line <= last) {
      return new Row.Refused(
          Math.max(0, line),
          REASON.getFirst(),
          "bad-line",
          ("\"%s\" is not the number of a line after line %d; keep the lines of the sheet, in"
                  + " their order")
              .formatted(all.getFirst(), last),
          cells);
    }
    last = line;
    return grammar.read(line, cells);
  }

  /** Reads the number of a line; 0 if the text is none. */
  private static long line(String text) {
    return text.strip().matches("[0-9]{1,18}") ? Long.parseLong(text.strip()) : 0;
  }

  private static BadInput noSheet() {
    return new BadInput(
        "header-mismatch",
        "The header of the file does not match",
        "With corrects, the file has to be the sheet of refused rows of that import. Its header"
            + " begins with line, column, code, message.");
  }
}
