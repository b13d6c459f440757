package io.tallyman.billing;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Follows the cursors of a list from its first page to its last. */
public final class Walk {
  private Walk() {}

  /**
   * @param path with a query
   * @param field the field of the rows to collect
   * @param between an action to run after each page
   * @return the field's values, in their order
   */
  public static List<String> over(
      RunningService service, String path, String field, Runnable between) {
    List<String> seen = new ArrayList<>();
    String cursor = "null";
    do {
      Answer page = service.get(cursor.equals("null") ? path : path + "&cursor=" + cursor);
      if (page.status() != 200) {
        throw new AssertionError(page.body());
      }
      for (JsonNode row : Objects.requireNonNull(page.json().get("data")).values()) {
        seen.add(Objects.requireNonNull(row.get(field)).coerceStringValue());
      }
      cursor = page.text("next_cursor");
      between.run();
    } while (!cursor.equals("null"));
    return seen;
  }

  /** The same without an action between the pages. */
  public static List<String> over(RunningService service, String path, String field) {
    return over(service, path, field, () -> {});
  }
}
