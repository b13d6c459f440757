package io.tallyman.standalone.command;

import io.tallyman.embedded.process.OwnerOnly;
import io.tallyman.standalone.stack.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings in a file {@code .env}. Each line is {@code NAME=value}; the value may have quotes.
 * Empty lines and lines that begin with {@code #} are ignored. Lines that other programs with such
 * files would read differently are rejected, such as {@code $} outside of single quotes.
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
   * The file in the current directory, or else in the repository. If there is none, nothing is set.
   *
   * @param warn is told if other users of the machine can read the file
   * @throws UsageError with a message of one line that names the wrong line
   */
  public static SettingsFile nearest(Path current, Path home, Consumer<String> warn) {
    for (Path directory : List.of(current.toAbsolutePath(), home)) {
      Path file = directory.resolve(NAME);
      if (Files.exists(file)) {
        warnIfExposed(file, warn);
        return read(file);
      }
    }
    return new SettingsFile(Map.of());
  }

  /** The settings that the environment does not set. The environment has precedence. */
  Map<String, String> missingFrom(Map<String, String> environment) {
    Map<String, String> missing = new HashMap<>(settings);
    missing.keySet().removeAll(environment.keySet());
    return missing;
  }

  private static void warnIfExposed(Path file, Consumer<String> warn) {
    try {
      if (!OwnerOnly.holdsFor(file)) {
        warn.accept(
            "Other users of this machine can read %s. If it has secrets, run: chmod 600 %s"
                .formatted(file, file));
      }
    } catch (IOException e) {
      throw new UsageError("The settings in " + file + " cannot be read: " + e, e);
    }
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
      // The message does not show the value, because it may be a secret.
      throw new UsageError(
          "Line %d of %s is not NAME=value. Put a value with spaces, #, $, quotes or backslashes in single quotes."
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
