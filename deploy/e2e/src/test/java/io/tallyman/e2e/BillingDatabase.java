package io.tallyman.e2e;

import io.tallyman.testing.TallymanStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Reads and adds what the API does not, in the database of billing-service. */
public record BillingDatabase(TallymanStack stack) {

  long billingsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM billing WHERE import_id = ?", UUID.fromString(task));
  }

  /** The number of vendors that an import made. */
  long vendorsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM vendor WHERE import_id = ?", UUID.fromString(task));
  }

  long vendorsNamed(String name) throws SQLException {
    return count("SELECT count(*) FROM vendor WHERE account_name = ?", name);
  }

  /** The committed staged rows of all attempts of a task. */
  long stagedRowsOf(String task) throws SQLException {
    return count("SELECT count(*) FROM staged_billing WHERE task_id = ?", UUID.fromString(task));
  }

  /** The bodies of the messages that no worker could read, separated by spaces. */
  String unreadableMessages() throws SQLException {
    return one(
        "SELECT coalesce(string_agg(encode(body, 'escape'), ' '), '') FROM unreadable_message");
  }

  /** The number of rows that all imports are staging now. */
  long rowsBeingStaged() throws SQLException {
    return count(
        """
        SELECT coalesce(max(tuples_processed), 0) FROM pg_stat_progress_copy
        WHERE relid = 'staged_billing'::regclass AND command = 'COPY FROM'
        """);
  }

  /** Whether an import is adding its billings now, in the transaction that also ends the import. */
  boolean isApplying() throws SQLException {
    return count(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND query LIKE '/* adds the billings of an import */%'
              AND datname = current_database() AND pid <> pg_backend_pid()
            """)
        > 0;
  }

  /** How many tasks a bulk task has changed. */
  long done(String bulkTask) throws SQLException {
    return count("SELECT done FROM bulk_task WHERE task_id = ?", UUID.fromString(bulkTask));
  }

  public String workerOf(String task) throws SQLException {
    return one("SELECT worker_id FROM task WHERE id = ?", UUID.fromString(task));
  }

  /** Sets how many more attempts a task may have. */
  long attemptsLeft(String task) throws SQLException {
    return count("SELECT max_attempts - attempt FROM task WHERE id = ?", UUID.fromString(task));
  }

  /**
   * Holds a lock until it is closed, so that other transactions wait.
   *
   * @param lock such as {@code billing IN SHARE MODE}
   */
  public Connection hold(String lock) throws SQLException {
    return holding("LOCK TABLE " + lock);
  }

  /** Holds the lock of a task until it is closed. */
  Connection holdTask(String id) throws SQLException {
    return holding("SELECT FROM task WHERE id = '" + UUID.fromString(id) + "' FOR UPDATE");
  }

  private Connection holding(String lock) throws SQLException {
    Connection holding = DriverManager.getConnection(stack.jdbcUrl("billing"));
    holding.setAutoCommit(false);
    try (Statement statement = holding.createStatement()) {
      statement.execute(lock);
      return holding;
    } catch (SQLException failure) {
      holding.close();
      throw failure;
    }
  }

  /** The number of transactions that wait for a lock. */
  long waiting() throws SQLException {
    return count("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted");
  }

  /** Adds a vendor with an id that the service would give out much later. */
  void addVendor(long id, String name) throws SQLException {
    one(
        """
        INSERT INTO vendor (id, account_name) OVERRIDING SYSTEM VALUE VALUES (?, ?) RETURNING id
        """,
        id,
        name);
  }

  void removeVendor(long id) throws SQLException {
    one("DELETE FROM vendor WHERE id = ? RETURNING id", id);
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
