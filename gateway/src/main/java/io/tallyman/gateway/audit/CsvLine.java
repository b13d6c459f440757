package io.tallyman.gateway.audit;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.csv.Formula;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a CSV (RFC 4180) for spreadsheets. A cell that a spreadsheet would take for a
 * formula gets an apostrophe before it, as in sheets of the profile {@code excel}.
 */
@Singleton
final class CsvLine {
  private static final String END = "\r\n";

  /** A byte order mark, and the names of the columns. */
  static final String BEGIN =
      "\ufeffat,service,id,who,username,what,kind,which,address,request_id,details" + END;

  private final JsonMapper json;

  CsvLine(JsonMapper json) {
    this.json = json;
  }

  String of(AuditEvent event) {
    return line(
        event.at(),
        event.service(),
        event.id(),
        event.who(),
        event.username(),
        event.what(),
        event.kind(),
        event.which(),
        event.address(),
        event.requestId(),
        event.details().size() == 0 ? null : text(event.details()));
  }

  private String text(JsonNode details) {
    try {
      return json.writeValueAsString(details);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String line(@Nullable Object... cells) {
    return Arrays.stream(cells).map(CsvLine::cell).collect(Collectors.joining(",", "", END));
  }

  private static String cell(@Nullable Object value) {
    String text = safe(Objects.toString(value, ""));
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static String safe(String text) {
    return Formula.isBehindApostrophes(text) ? '\'' + text : text;
  }
}
