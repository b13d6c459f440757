package io.tallyman.cli.intake;

import io.tallyman.cli.terminal.Amount;
import io.tallyman.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What was found in a file, in lines for people. */
public final class Found {
  private static final int MOST_SAMPLES = 2;

  private Found() {}

  public static List<String> lines(String name, JsonNode detection) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s%s, header in line %d"
            .formatted(
                name,
                Amount.rows(detection.path("rows").asLong()),
                detection.path("complete").asBoolean() ? "" : " in its beginning",
                detection.path("header_line").asInt()));
    String options =
        detection
            .path("options")
            .propertyStream()
            .filter(option -> !option.getKey().equals("columns"))
            .map(option -> option.getKey() + " " + shown(option.getValue().asString("")))
            .collect(Collectors.joining(", "));
    if (!options.isEmpty()) {
      lines.add("Read with " + options);
    }
    TextTable table = new TextTable("COLUMN", "IS", "CELLS");
    detection
        .path("columns")
        .valueStream()
        .filter(column -> column.hasNonNull("field"))
        .forEach(column -> add(table, column, detection.path("samples")));
    lines.addAll(table.lines());
    return lines;
  }

  private static void add(TextTable table, JsonNode column, JsonNode samples) {
    String field = column.path("field").asString("");
    String name = column.path("name").asString("");
    table.add(
        name.isEmpty() ? "#" + column.path("place").asInt() : name,
        field,
        samples
            .valueStream()
            .filter(sample -> sample.path("field").asString("").equals(field))
            .limit(MOST_SAMPLES)
            .map(Found::sample)
            .collect(Collectors.joining(", ")));
  }

  /** A cell and what it becomes. */
  static String sample(JsonNode sample) {
    return "%s -> %s"
        .formatted(
            sample.path("cell").asString(""),
            sample.hasNonNull("value") ? sample.get("value").asString() : "refused");
  }

  static String shown(String value) {
    return switch (value) {
      case "\t" -> "tab";
      case " " -> "space";
      default -> value;
    };
  }
}
