package io.tallyman.e2e.chaos;

import io.tallyman.testing.TallymanStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what the API does not show, from the database of billing-service, at the end. */
record BillingTables(TallymanStack stack) {

  List<String> tasks() throws SQLException {
    return column("SELECT id::text FROM task");
  }

  /** The ids of the messages that no worker could read. */
  List<String> unreadableMessages() throws SQLException {
    return column("SELECT id::text FROM unreadable_message");
  }

  /** The number of manifests by task. */
  Map<String, Long> manifests() throws SQLException {
    return counted("SELECT task_id::text FROM sheet");
  }

  /** The names of the files in the manifests. Small sheets have none. */
  List<String> sheetFiles() throws SQLException {
    return column("SELECT regexp_replace(file, '^.*/', '') FROM sheet WHERE file IS NOT NULL");
  }

  /** The number of imported billings by task. */
  Map<String, Long> billings() throws SQLException {
    return counted("SELECT import_id::text FROM billing WHERE import_id IS NOT NULL");
  }

  /** The number of imported vendors by task. */
  Map<String, Long> vendors() throws SQLException {
    return counted("SELECT import_id::text FROM vendor WHERE import_id IS NOT NULL");
  }

  /** The reasons why attempts did not end their tasks, with their number. */
  Map<String, Long> setbacks() throws SQLException {
    return counted("SELECT reason FROM task_event WHERE reason IS NOT NULL");
  }

  /** The number of attempts that neither ended their tasks nor have a reason. */
  long fenced() throws SQLException {
    return Long.parseLong(
        column(
                """
                SELECT count(*) FROM task_event started
                WHERE status = 'STARTED' AND NOT EXISTS (
                  SELECT FROM task_event next
                  WHERE next.task_id = started.task_id AND next.seq = started.seq + 1
                    AND (next.status IN ('SUCCESS', 'FAILURE', 'REVOKED')
                      OR next.reason IS NOT NULL))
                """)
            .getFirst());
  }

  /** The longest time from the acceptance of a task to its first attempt. */
  String longestWait() throws SQLException {
    return column("SELECT max(started_at - created_at) FROM task").getFirst();
  }

  /** The attempts with staged rows. */
  List<String> staged() throws SQLException {
    return column(
        """
        SELECT DISTINCT task_id || '-' || attempt FROM (
          SELECT task_id, attempt FROM staged_billing
          UNION ALL SELECT task_id, attempt FROM staged_refusal) rows
        """);
  }

  private Map<String, Long> counted(String sql) throws SQLException {
    return column(sql).stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection billing = DriverManager.getConnection(stack.jdbcUrl("billing"));
        Statement statement = billing.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
