package io.tallyman.e2e;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of settings in docs/operations.md: one for each service, and one for all services. */
final class SettingsTable {
  private static final Pattern TABLE =
      Pattern.compile("(?m)^### (All services|[a-z-]+)\\n(\\|.*\\n)+");
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z_]+)` \\| (?:`([^`]+)`|(none)) \\| [^|]+ \\|");

  private SettingsTable() {}

  static List<Setting> in(Document document) {
    return TABLE
        .matcher(document.section("Configuration"))
        .results()
        .flatMap(SettingsTable::settings)
        .toList();
  }

  private static Stream<Setting> settings(MatchResult table) {
    String heading = table.group(1);
    List<String> services =
        heading.equals("All services") ? KnownSettings.SERVICES : List.of(heading);
    return table
        .group()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> services.stream().map(service -> setting(line, service)));
  }

  private static Setting setting(String line, String service) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError("This row of the table is not understood: " + line);
    }
    String usual = row.group(2) == null ? Setting.NO_DEFAULT : row.group(2);
    return new Setting(row.group(1), service, usual);
  }
}
