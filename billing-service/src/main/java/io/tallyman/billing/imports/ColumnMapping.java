package io.tallyman.billing.imports;

import io.tallyman.kit.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the mapping of our column names to the file's: {@code ours:theirs,ours:theirs}. In the
 * file's names a backslash escapes a comma or a backslash.
 */
final class ColumnMapping {
  private static final Set<String> OURS =
      Set.of(
          "date_billed",
          "account_name",
          "account_number",
          "reference",
          "payable",
          "currency",
          "total_issues",
          "direction",
          "debit",
          "credit");

  private ColumnMapping() {}

  /**
   * @param faults receives an error if the text has another form or names an unknown column of ours
   * @return our names to the file's names; null if the text is null
   */
  static @Nullable Map<String, String> read(@Nullable String text, List<FieldError> faults) {
    if (text == null) {
      return null;
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String pair : pairs(text)) {
      String fault = add(pair, columns);
      if (fault != null) {
        faults.add(new FieldError("?columns", fault));
        return columns;
      }
    }
    return columns;
  }

  private static List<String> pairs(String text) {
    List<String> pairs = new ArrayList<>();
    StringBuilder pair = new StringBuilder();
    for (int index = 0; index < text.length(); index++) {
      char now = text.charAt(index);
      if (text.startsWith("\\,", index) || text.startsWith("\\\\", index)) {
        index++;
        pair.append(text.charAt(index));
      } else if (now == ',') {
        pairs.add(pair.toString());
        pair.setLength(0);
      } else {
        pair.append(now);
      }
    }
    pairs.add(pair.toString());
    return pairs;
  }

  private static @Nullable String add(String pair, Map<String, String> columns) {
    int colon = pair.indexOf(':');
    if (colon < 1 || colon == pair.length() - 1 || pair.indexOf('\0') >= 0) {
      return "\"" + pair + "\" must have the form our_name:Their Name";
    }
    String ours = pair.substring(0, colon).strip();
    if (!OURS.contains(ours)) {
      return "\"" + ours + "\" is not one of our columns " + OURS.stream().sorted().toList();
    }
    return columns.put(ours, pair.substring(colon + 1)) == null
        ? null
        : "\"" + ours + "\" is mapped twice";
  }
}
