package io.tallyman.worker.intake.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.tallyman.worker.task.BadInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the CSV parser's failures into problems for clients. */
final class CsvFault {
  static final int MOST_CELLS = 1024;
  static final int MOST_CHARS_PER_CELL = 64 * 1024;
  static final int MOST_CHARS_PER_RECORD = 1024 * 1024;

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private CsvFault() {}

  /** The exception to throw instead of the parser's, which may just wrap one of ours. */
  static RuntimeException of(CsvParseException failure) {
    return switch (failure.getCause()) {
      case null -> badCsv(String.valueOf(failure.getMessage()));
      case CsvParseException inner -> of(inner);
      case Error error -> throw error;
      case RuntimeException ours -> ours;
      case Throwable _ -> failure;
    };
  }

  private static BadInput badCsv(String parsers) {
    Matcher line = LINE.matcher(parsers);
    String record = line.find() ? "The record that begins in line " + line.group(1) : "A record";
    return new BadInput("bad-csv", "The file is not valid CSV", record + fault(parsers));
  }

  /** Recognizes the fault by the parser's message: the parser has no error codes. */
  private static String fault(String parsers) {
    if (parsers.contains("Unclosed")) {
      return " has a quote that is never closed; close it, or write a quote in a cell twice.";
    }
    if (parsers.contains("closing quote")) {
      return " has text after a closing quote; write a quote in a cell twice.";
    }
    if (parsers.contains("field size") || parsers.contains("buffer size")) {
      return " has a cell of more than "
          + MOST_CHARS_PER_CELL
          + " characters; shorten it, or close the quote that is open.";
    }
    if (parsers.contains("record size")) {
      return " has more than " + MOST_CHARS_PER_RECORD + " characters; shorten its cells.";
    }
    if (parsers.contains("fields")) {
      return " has more than " + MOST_CELLS + " cells; remove columns.";
    }
    return " cannot be read; check its quotes.";
  }
}
