package io.tallyman.kit.start;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.Origin;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings whose values are in files, such as mounted secrets: the variable {@code TALLYMAN_…_FILE}
 * has the path of a file, whose content, without the last line end, is the value of {@code
 * TALLYMAN_…}.
 */
final class SettingFiles {
  private static final Pattern VARIABLE = Pattern.compile("(TALLYMAN_\\w+)_FILE");
  private static final Pattern LAST_LINE_END = Pattern.compile("\\r?\\n\\z");

  private SettingFiles() {}

  /**
   * Reads the files. A variable without a value is treated as missing.
   *
   * @throws ConfigurationException if a file cannot be read or is empty, or if a setting has a
   *     value too; its message has the name of the variable and no content of the file
   */
  static PropertySource of(Map<String, String> environment) {
    Map<String, Object> values = new HashMap<>();
    environment.forEach(
        (variable, path) -> {
          Matcher name = VARIABLE.matcher(variable);
          if (name.matches() && !path.isEmpty()) {
            if (!environment.getOrDefault(name.group(1), "").isEmpty()) {
              throw new ConfigurationException(
                  name.group(1) + " and " + variable + " are both set; set only one of them");
            }
            values.put(name.group(1), read(variable, path));
          }
        });
    return PropertySource.of(
        "files", values, PropertyConvention.ENVIRONMENT_VARIABLE, Origin.of("files of settings"));
  }

  private static String read(String variable, String path) {
    String content;
    try {
      content = Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException failure) {
      throw new ConfigurationException(
          variable + ": the file " + path + " cannot be read (" + failure + ")", failure);
    }
    String value = LAST_LINE_END.matcher(content).replaceFirst("");
    if (value.isBlank()) {
      throw new ConfigurationException(variable + ": the file " + path + " is empty");
    }
    return value;
  }
}
