package io.tallyman.e2e;

import io.tallyman.testing.TallymanStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** What the API does not tell: what of a task stands in the database of billing-service. */
record BillingDatabase(TallymanStack stack) {

  long billingsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM billing WHERE import_id = ?", UUID.fromString(task));
  }

  /** Those that an import made. */
  long vendorsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM vendor WHERE import_id = ?", UUID.fromString(task));
  }

  long vendorsNamed(String name) throws SQLException {
    return count("SELECT count(*) FROM vendor WHERE account_name = ?", name);
  }

  /** Of all its attempts; committed ones. */
  long stagedRowsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM staged_billing WHERE task_id = ?", UUID.fromString(task));
  }

  long unreadableMessages() throws SQLException {
    return count("SELECT count(*) FROM unreadable_message");
  }

  /** How many rows are being staged just now, by whatever import. */
  long rowsBeingStaged() throws SQLException {
    return count(
        """
        SELECT coalesce(max(tuples_processed), 0) FROM pg_stat_progress_copy
        WHERE relid = 'staged_billing'::regclass AND command = 'COPY FROM'
        """);
  }

  /** Whether an import is just making its billings, in the one transaction that also ends it. */
  boolean isApplying() throws SQLException {
    return count(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE '/* adds the billings of an import */%'
              AND datname = current_database() AND pid <> pg_backend_pid()
            """)
        > 0;
  }

  String workerOf(String task) throws SQLException {
    return one("SELECT worker_id FROM task WHERE id = ?", UUID.fromString(task));
  }

  /** How many more attempts a task may have. */
  long attemptsLeft(String task) throws SQLException {
    return count("SELECT max_attempts - attempt FROM task WHERE id = ?", UUID.fromString(task));
  }

  /**
   * Lets others wait until it is closed.
   *
   * @param lock such as {@code billing IN SHARE MODE}
   */
  Connection hold(String lock) throws SQLException {
    Connection holding = DriverManager.getConnection(stack.jdbcUrl("billing"));
    holding.setAutoCommit(false);
    try (Statement statement = holding.createStatement()) {
      statement.execute("LOCK TABLE " + lock);
      return holding;
    } catch (SQLException failure) {
      holding.close();
      throw failure;
    }
  }

  /** How many wait for what somebody holds. */
  long waiting() throws SQLException {
    return count("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted");
  }

  private long count(String sql, Object... parameters) throws SQLException {
    return Long.parseLong(one(sql, parameters));
  }

  private String one(String sql, Object... parameters) throws SQLException {
    try (Connection billing = DriverManager.getConnection(stack.jdbcUrl("billing"));
        PreparedStatement query = billing.prepareStatement(sql)) {
      for (int index = 0; index < parameters.length; index++) {
        query.setObject(index + 1, parameters[index]);
      }
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
