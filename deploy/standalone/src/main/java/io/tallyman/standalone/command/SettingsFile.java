package io.tallyman.standalone.command;

import io.tallyman.standalone.stack.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings in a file {@code .env}: a line each, {@code NAME=value}, the value bare or in
 * quotes; empty lines and those that begin with {@code #} say nothing. What other programs that
 * read such files would each understand in their own way, such as {@code $} outside of single
 * quotes, is refused.
 */
public record SettingsFile(Map<String, String> settings) {
  private static final String NAME = ".env";
  private static final Pattern SETTING =
      Pattern.compile(
          """
          (?<name>[A-Za-z_][A-Za-z0-9_]*)=(?:(?<bare>[^\\s'"$#\\\\]*)|'(?<single>[^']*)'\
          |"(?<double>[^"$\\\\]*)")\
          """);

  /**
   * The file in the current directory, or else in the repository; without one nothing is set.
   *
   * @throws UsageError in one line that names the line that is wrong
   */
  public static SettingsFile nearest(Path current, Path home) {
    for (Path directory : List.of(current.toAbsolutePath(), home)) {
      Path file = directory.resolve(NAME);
      if (Files.exists(file)) {
        return read(file);
      }
    }
    return new SettingsFile(Map.of());
  }

  /** What is set here and not in the environment, which goes before. */
  Map<String, String> missingFrom(Map<String, String> environment) {
    Map<String, String> missing = new HashMap<>(settings);
    missing.keySet().removeAll(environment.keySet());
    return missing;
  }

  private static SettingsFile read(Path file) {
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int number = 1; number <= lines.size(); number++) {
        String line = lines.get(number - 1).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          Matcher setting = match(line, file, number);
          settings.put(setting.group("name"), value(setting));
        }
      }
      return new SettingsFile(settings);
    } catch (IOException e) {
      throw new UsageError("The settings in " + file + " cannot be read: " + e, e);
    }
  }

  private static Matcher match(String line, Path file, int number) {
    Matcher setting = SETTING.matcher(line);
    if (!setting.matches()) {
      // Its value may be a secret.
      throw new UsageError(
          "Line %d of %s is not NAME=value; a value with spaces, #, $, quotes or backslashes stands in single quotes."
              .formatted(number, file));
    }
    return setting;
  }

  private static String value(Matcher setting) {
    for (String kind : List.of("bare", "single", "double")) {
      String value = setting.group(kind);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalStateException("A setting without a value was matched.");
  }
}
