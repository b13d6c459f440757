package io.tallyman.worker.intake.detect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the query of an import. */
final class Queries {
  private Queries() {}

  /** A name of a column in the option {@code columns}. */
  static String escape(String name) {
    return name.replace("\\", "\\\\").replace(",", "\\,");
  }

  static String write(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + "=" + encode(option.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%2F", "/")
        .replace("%2C", ",");
  }
}
