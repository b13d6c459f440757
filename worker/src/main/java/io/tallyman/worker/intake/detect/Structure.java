package io.tallyman.worker.intake.detect;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The charset, the delimiter and the header of a file.
 *
 * @param headerLine null if it is where a reader expects it
 */
record Structure(
    Charset charset,
    char delimiter,
    @Nullable Integer headerLine,
    long foundAt,
    List<String> header) {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|', ':');
  private static final int LOOKED_AT = 100;
  private static final int LOWEST_HEADER = 40;
  private static final double LEAST_HEADER = 0.6;

  /**
   * @throws BadInput if the file has no header
   */
  static Structure of(Head head, ImportParameters given, HeaderWords words) throws IOException {
    Charset charset = given.charset() == null ? head.charset() : Charset.forName(given.charset());
    char delimiter =
        given.delimiter() == null
            ? delimiter(head, charset, words)
            : CsvFormat.of(given).delimiter();
    List<CsvRecord> first = first(head, charset, delimiter, given.headerLine());
    if (first.isEmpty()) {
      throw new BadInput("empty-file", "The file is empty", "The file has no header.");
    }
    CsvRecord header =
        given.headerLine() == null ? first.get(headerAt(first, words)) : first.getFirst();
    boolean isExpected = header == first.getFirst() && given.headerLine() == null;
    return new Structure(
        charset,
        delimiter,
        isExpected ? null : (int) header.getStartingLineNumber(),
        header.getStartingLineNumber(),
        header.getFields());
  }

  CsvFormat format() {
    return new CsvFormat(delimiter, charset, headerLine);
  }

  private static char delimiter(Head head, Charset charset, HeaderWords words) throws IOException {
    char best = ',';
    double bestScore = -1;
    for (char candidate : DELIMITERS) {
      double score = score(first(head, charset, candidate, null), words);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }

  /** Rows of the same length, and a header with known words, speak for a delimiter. */
  private static double score(List<CsvRecord> records, HeaderWords words) {
    Map<Integer, Integer> lengths = new HashMap<>();
    double header = 0;
    for (int index = 0; index < records.size(); index++) {
      List<String> cells = records.get(index).getFields();
      lengths.merge(cells.size(), 1, Integer::sum);
      if (index < LOWEST_HEADER && cells.size() > 1) {
        header = Math.max(header, words.score(cells));
      }
    }
    return lengths.entrySet().stream()
            .filter(length -> length.getKey() > 1)
            .mapToDouble(length -> (double) length.getValue() / records.size())
            .max()
            .orElse(0)
        + Math.min(3, header);
  }

  /** The first records that have content, up to one that cannot be read. */
  private static List<CsvRecord> first(
      Head head, Charset charset, char delimiter, @Nullable Integer headerLine) throws IOException {
    List<CsvRecord> first = new ArrayList<>();
    try (Upload upload = Upload.of(head.open(), _ -> {})) {
      Iterator<CsvRecord> records = upload.records(new CsvFormat(delimiter, charset, headerLine));
      while (first.size() < LOOKED_AT && records.hasNext()) {
        CsvRecord next = records.next();
        if (!next.getFields().stream().allMatch(Spaces::areAll)) {
          first.add(next);
        }
      }
    } catch (BadInput unreadable) {
      // The import says what is wrong there, and where.
      return first;
    }
    return first;
  }

  private static int headerAt(List<CsvRecord> first, HeaderWords words) {
    int best = -1;
    double bestScore = LEAST_HEADER;
    for (int index = 0; index < Math.min(first.size(), LOWEST_HEADER); index++) {
      List<String> cells = first.get(index).getFields();
      double score = cells.size() < 2 ? 0 : words.score(cells) - 0.5 * values(cells);
      if (score > bestScore + 0.01) {
        bestScore = score;
        best = index;
      }
    }
    return best >= 0 ? best : headerByShape(first);
  }

  /** Without known words: the last of the rows above the data that has only text. */
  private static int headerByShape(List<CsvRecord> first) {
    for (int index = 1; index < Math.min(first.size(), LOWEST_HEADER); index++) {
      long values = values(first.get(index).getFields());
      if (values > 0 && values(first.get(index - 1).getFields()) < values) {
        return index - 1;
      }
    }
    return 0;
  }

  /** How many cells are amounts or dates. */
  private static long values(List<String> cells) {
    return cells.stream()
        .filter(cell -> new DateShapes().add(cell) || new AmountShapes().add(cell))
        .count();
  }
}
