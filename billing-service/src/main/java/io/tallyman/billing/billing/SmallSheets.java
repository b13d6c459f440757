package io.tallyman.billing.billing;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.database.JsonParameter;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of many small sheets with one statement, so at one moment in the database. Each
 * sheet costs at most {@value #MOST_ROWS} + 1 rows of the index, however many billings its days
 * have.
 */
@Singleton
class SmallSheets {
  static final int MOST_SHEETS = 100;
  private static final int MOST_ROWS = 100;
  private static final int CELLS = 7;

  private final Jdbi jdbi;
  private final JsonMapper json;

  SmallSheets(Jdbi jdbi, JsonMapper json) {
    this.jdbi = jdbi;
    this.json = json;
  }

  @Serdeable
  record Request(@NotNull @Size(max = MOST_SHEETS) List<@Valid @NotNull Days> sheets) {}

  /** The days of a sheet, both ends included. */
  @Serdeable
  record Days(@NotNull LocalDate from, @NotNull LocalDate to) {}

  /**
   * @param snapshotAt the moment in the database that all sheets show
   * @param sheets one for each sheet of the request, in the same order
   */
  @Serdeable
  record Answer(Instant snapshotAt, List<Rows> sheets) {}

  /**
   * The rows of one sheet, in its order.
   *
   * @param rows the cells of each row, null for an empty one; null if the sheet has more than
   *     {@value #MOST_ROWS} rows
   */
  @Serdeable
  record Rows(@Nullable List<List<@Nullable String>> rows) {}

  Answer read(List<Days> sheets) {
    // Only a transaction has the timeout of the request.
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT sheet.number, statement_timestamp() AS snapshot_at,
                      date_billed::text, account_name, account_number, reference, payable::text,
                      currency, total_issues::text
                    FROM ROWS FROM (jsonb_to_recordset(:sheets) AS ("from" date, "to" date))
                      WITH ORDINALITY AS sheet (first, last, number)
                      LEFT JOIN LATERAL (
                        SELECT <columns>, b.vendor_id, b.id
                        FROM billing b JOIN vendor v ON v.id = b.vendor_id
                        WHERE b.date_billed BETWEEN sheet.first AND sheet.last
                        ORDER BY b.date_billed, b.vendor_id, b.id
                        LIMIT :limit
                      ) billing ON true
                    ORDER BY sheet.number, billing.date_billed, billing.vendor_id, billing.id
                    """)
                .define("columns", BillingRows.COLUMNS)
                .bind("sheets", JsonParameter.of(json, sheets))
                .bind("limit", MOST_ROWS + 1)
                .scanResultSet((results, _) -> answer(results.get(), sheets.size())));
  }

  private static Answer answer(ResultSet results, int sheets) throws SQLException {
    List<List<List<@Nullable String>>> all = new ArrayList<>();
    for (int sheet = 0; sheet < sheets; sheet++) {
      all.add(new ArrayList<>());
    }
    Instant snapshotAt = Instant.EPOCH;
    while (results.next()) {
      snapshotAt = results.getObject("snapshot_at", OffsetDateTime.class).toInstant();
      if (results.getString("date_billed") != null) {
        all.get(results.getInt("number") - 1).add(cells(results));
      }
    }
    return new Answer(
        snapshotAt,
        all.stream().map(rows -> new Rows(rows.size() > MOST_ROWS ? null : rows)).toList());
  }

  private static List<@Nullable String> cells(ResultSet results) throws SQLException {
    int first = results.findColumn("date_billed");
    List<@Nullable String> cells = new ArrayList<>(CELLS);
    for (int cell = first; cell < first + CELLS; cell++) {
      cells.add(results.getString(cell));
    }
    return cells;
  }
}
