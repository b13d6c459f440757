package io.tallyman.worker.intake;

import io.tallyman.worker.intake.csv.ImportParameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of tests, written like the query of an import: {@code decimal=,&thousands=.} */
final class Queries {
  private Queries() {}

  static ImportParameters read(String query) {
    Map<String, String> options = new HashMap<>();
    if (!query.isBlank()) {
      for (String option : query.strip().split("&", -1)) {
        String[] pair = option.split("=", 2);
        options.put(pair[0], pair[1]);
      }
    }
    String negative = options.get("negative");
    return new ImportParameters(
        pairs(options.get("columns"), ":"),
        options.get("currency"),
        options.get("delimiter"),
        options.get("charset"),
        options.get("date_format"),
        options.get("decimal"),
        integer(options.get("header_line")),
        options.get("date"),
        integer(options.get("pivot")),
        options.get("thousands"),
        pairs(options.get("currency_signs"), ":"),
        negative == null ? null : Set.of(negative.split(",")),
        options.get("options"),
        null,
        null);
  }

  private static @Nullable Integer integer(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  private static @Nullable Map<String, String> pairs(@Nullable String text, String between) {
    if (text == null) {
      return null;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    Arrays.stream(text.split(","))
        .map(pair -> pair.split(between, 2))
        .forEach(pair -> pairs.put(pair[0], pair.length == 1 ? "" : pair[1]));
    return pairs;
  }
}
