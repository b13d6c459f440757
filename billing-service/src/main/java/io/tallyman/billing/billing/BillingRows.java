package io.tallyman.billing.billing;

import io.tallyman.billing.CopiedRows;
import io.tallyman.billing.StreamConnections;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads billings of one moment of the database as a stream, in the order of a sheet. */
@Singleton
final class BillingRows {
  private final StreamConnections connections;

  BillingRows(StreamConnections connections) {
    this.connections = connections;
  }

  /**
   * @param from inclusive
   * @param to inclusive
   */
  record Selection(
      LocalDate from, LocalDate to, @Nullable Long vendorId, @Nullable String currency) {

    /** COPY takes no parameters; nothing but dates, a number and a checked code gets in here. */
    private String condition() {
      StringBuilder condition = new StringBuilder();
      condition.append("b.date_billed BETWEEN '%s' AND '%s'".formatted(from, to));
      if (vendorId != null) {
        condition.append(" AND b.vendor_id = ").append(vendorId);
      }
      if (currency != null) {
        condition.append(" AND b.currency = '").append(lettersOnly(currency)).append('\'');
      }
      return condition.toString();
    }

    private static String lettersOnly(String code) {
      return code.replaceAll("[^A-Z]", "");
    }
  }

  /**
   * @param csv to be closed by its reader; fails rather than ending early
   */
  record Rows(InputStream csv, long count, Instant snapshotAt) {}

  Rows open(Selection selection) {
    try {
      Connection connection = connections.open();
      try {
        return open(connection, selection);
      } catch (SQLException | RuntimeException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new UncheckedIOException(new IOException("The rows cannot be read", failure));
    }
  }

  private Rows open(Connection connection, Selection selection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement()) {
      // The index has the order of a sheet, so with a nested loop the first rows come at once and
      // nothing is sorted; the planner would rather sort, and spill.
      statement.execute("SET LOCAL enable_hashjoin = off");
      statement.execute("SET LOCAL enable_mergejoin = off");
      statement.execute("SET LOCAL enable_sort = off");
      ResultSet first =
          statement.executeQuery(
              "SELECT count(*), now() FROM billing b WHERE " + selection.condition());
      first.next();
      long count = first.getLong(1);
      Instant snapshotAt = first.getObject(2, OffsetDateTime.class).toInstant();
      return new Rows(copy(connection, selection), count, snapshotAt);
    }
  }

  private InputStream copy(Connection connection, Selection selection) throws SQLException {
    String query =
        """
        COPY (
          SELECT b.date_billed, v.account_name, v.account_number, b.reference, b.payable,
            b.currency, b.total_issues
          FROM billing b JOIN vendor v ON v.id = b.vendor_id
          WHERE %s
          ORDER BY b.date_billed, b.vendor_id, b.id
        ) TO STDOUT (FORMAT csv)
        """
            .formatted(selection.condition());
    return CopiedRows.open(connections, connection, query);
  }
}
