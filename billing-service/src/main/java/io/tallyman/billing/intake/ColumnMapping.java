package io.tallyman.billing.intake;

import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which of a file's columns are ours: {@code ours:theirs,ours:theirs}. */
final class ColumnMapping {
  private static final Set<String> OURS =
      Set.of(
          "date_billed",
          "account_name",
          "account_number",
          "reference",
          "payable",
          "currency",
          "total_issues");

  private ColumnMapping() {}

  /**
   * @return our names to the file's; null where no mapping is given
   * @throws InvalidFields if the text is not of that form, or names what is no column of ours
   */
  static @Nullable Map<String, String> read(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      if (colon < 1 || colon == pair.length() - 1 || pair.indexOf('\0') >= 0) {
        throw invalid("\"" + pair + "\" is not of the form our_name:Their Name");
      }
      String ours = pair.substring(0, colon).strip();
      if (!OURS.contains(ours)) {
        throw invalid("\"" + ours + "\" is none of our columns " + OURS.stream().sorted().toList());
      }
      if (columns.put(ours, pair.substring(colon + 1)) != null) {
        throw invalid("\"" + ours + "\" is mapped twice");
      }
    }
    return columns;
  }

  private static InvalidFields invalid(String detail) {
    return new InvalidFields(List.of(new FieldError("?columns", detail)));
  }
}
