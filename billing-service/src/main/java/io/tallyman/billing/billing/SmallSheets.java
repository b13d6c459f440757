package io.tallyman.billing.billing;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.JsonParameter;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads the rows of many small sheets with one statement, so at one moment in the database. Each
 * sheet costs at most {@value #MOST_ROWS} + 1 rows of the index, however many billings its days
 * have.
 */
@Singleton
class SmallSheets {
  private static final int MOST_ROWS = 100;
  private static final int CELLS = 7;

  /** The claims of the tasks wait for the rows. */
  private static final int MOST_SECONDS = 1;

  private final Jdbi jdbi;
  private final JsonMapper json;

  SmallSheets(Jdbi jdbi, JsonMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  /** The days of the sheet of a task, both ends included. */
  @Serdeable
  record Days(UUID task, LocalDate from, LocalDate to) {}

  /**
   * Reads the rows of the sheet of each task. Fails if that takes longer than a second.
   *
   * @return the rows of each sheet with at most {@value #MOST_ROWS} rows: {@code {snapshot_at,
   *     rows}}, where {@code rows} has the cells of each row, in the order of a sheet, null for an
   *     empty cell
   */
  Map<UUID, JsonNode> read(List<Days> sheets) {
    if (sheets.isEmpty()) {
      return Map.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT sheet.task, statement_timestamp() AS snapshot_at,
                      date_billed::text, account_name, account_number, reference, payable::text,
                      currency, total_issues::text
                    FROM jsonb_to_recordset(:sheets) AS sheet (task uuid, "from" date, "to" date)
                      LEFT JOIN LATERAL (
                        SELECT <columns>, b.vendor_id, b.id
                        FROM billing b JOIN vendor v ON v.id = b.vendor_id
                        WHERE b.date_billed BETWEEN sheet."from" AND sheet."to"
                        ORDER BY b.date_billed, b.vendor_id, b.id
                        LIMIT <limit>
                      ) billing ON true
                    ORDER BY sheet.task, billing.date_billed, billing.vendor_id, billing.id
                    """)
                .define("columns", BillingRows.COLUMNS)
                .bind("sheets", JsonParameter.of(json, sheets))
                // A number in the text: PostgreSQL can then keep the plan for all sheets.
                .define("limit", MOST_ROWS + 1)
                .setQueryTimeout(MOST_SECONDS)
                .scanResultSet((results, _) -> small(results.get())));
  }

  private static Map<UUID, JsonNode> small(ResultSet results) throws SQLException {
    Map<UUID, List<JsonNode>> all = new HashMap<>();
    Instant snapshotAt = Instant.EPOCH;
    while (results.next()) {
      snapshotAt = results.getObject("snapshot_at", OffsetDateTime.class).toInstant();
      List<JsonNode> rows =
          all.computeIfAbsent(results.getObject("task", UUID.class), _ -> new ArrayList<>());
      if (results.getString("date_billed") != null) {
        rows.add(cells(results));
      }
    }
    JsonNode moment = JsonNode.createStringNode(snapshotAt.toString());
    Map<UUID, JsonNode> small = new HashMap<>();
    all.forEach(
        (task, rows) -> {
          if (rows.size() <= MOST_ROWS) {
            small.put(
                task,
                JsonNode.createObjectNode(
                    Map.of("snapshot_at", moment, "rows", JsonNode.createArrayNode(rows))));
          }
        });
    return small;
  }

  private static JsonNode cells(ResultSet results) throws SQLException {
    int first = results.findColumn("date_billed");
    List<JsonNode> cells = new ArrayList<>(CELLS);
    for (int cell = first; cell < first + CELLS; cell++) {
      String text = results.getString(cell);
      cells.add(text == null ? JsonNode.nullNode() : JsonNode.createStringNode(text));
    }
    return JsonNode.createArrayNode(cells);
  }
}
