package io.tallyman.e2e;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of settings in README.md. */
final class SettingsTable {
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z_]+)` \\| ([a-z, -]+) \\| (.+?) \\| .* \\|");
  private static final Pattern OF_A_SERVICE = Pattern.compile("`([^`]*)` ([a-z-]+)");
  private static final Pattern OF_ALL = Pattern.compile("`([^`]*)`");

  private SettingsTable() {}

  static List<Setting> in(String readme) {
    int begin = readme.indexOf("\n## Configuration\n");
    String section = readme.substring(begin, readme.indexOf("\n## ", begin + 1));
    return section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(SettingsTable::settings)
        .toList();
  }

  private static Stream<Setting> settings(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new AssertionError("This row of the table is not understood: " + line);
    }
    Map<String, String> defaults =
        OF_A_SERVICE
            .matcher(row.group(3))
            .results()
            .collect(Collectors.toMap(usual -> usual.group(2), usual -> usual.group(1)));
    String usual =
        OF_ALL
            .matcher(row.group(3))
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElse(row.group(3));
    return services(row.group(2))
        .map(service -> new Setting(row.group(1), service, defaults.getOrDefault(service, usual)));
  }

  private static Stream<String> services(String cell) {
    return cell.equals("all") ? KnownSettings.SERVICES.stream() : Stream.of(cell.split(", "));
  }
}
