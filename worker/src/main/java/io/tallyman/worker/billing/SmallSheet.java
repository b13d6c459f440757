package io.tallyman.worker.billing;

import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a small sheet, which came with the claim of its task.
 *
 * @param rows the cells of each row, in the order of the sheet; null for an empty cell
 * @param snapshotAt the moment in the database that the sheet shows
 */
record SmallSheet(List<@Nullable String[]> rows, Instant snapshotAt) {

  /** Empty if the input is not such a sheet, for example of a later release. */
  static Optional<SmallSheet> of(JsonNode input) {
    JsonNode rows = input.get("rows");
    JsonNode snapshotAt = input.get("snapshot_at");
    if (rows == null || snapshotAt == null) {
      return Optional.empty();
    }
    List<@Nullable String[]> all = new ArrayList<>(rows.size());
    for (JsonNode row : rows.values()) {
      @Nullable String[] cells = new String[row.size()];
      for (int cell = 0; cell < cells.length; cell++) {
        JsonNode value = row.get(cell);
        cells[cell] = value == null || value.isNull() ? null : value.getStringValue();
      }
      all.add(cells);
    }
    return Optional.of(new SmallSheet(all, Instant.parse(snapshotAt.getStringValue())));
  }
}
