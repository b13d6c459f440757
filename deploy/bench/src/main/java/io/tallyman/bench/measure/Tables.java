package io.tallyman.bench.measure;

import io.tallyman.bench.backing.Backing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.postgresql.PGConnection;

/** The work that PostgreSQL alone does, to compare with. Times are in seconds. */
final class Tables {
  private Tables() {}

  /** Writes the rows of a sheet to a file, which is deleted then. */
  static double copyOut(Backing backing, LocalDate day, Path file) {
    String sql =
        """
        COPY (
          SELECT b.date_billed, v.account_name, v.account_number, b.reference, b.payable, b.currency,
            b.total_issues
          FROM billing b JOIN vendor v ON v.id = b.vendor_id
          WHERE b.date_billed = '%s'
          ORDER BY b.date_billed, b.vendor_id, b.id
        ) TO STDOUT (FORMAT csv, HEADER)
        """
            .formatted(day);
    try (Connection billing = DriverManager.getConnection(backing.jdbcUrl("billing"));
        Statement statement = billing.createStatement();
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      // As Tallyman does: in the order of the index, without a sort.
      statement.execute("SET enable_hashjoin = off");
      statement.execute("SET enable_mergejoin = off");
      statement.execute("SET enable_sort = off");
      long started = System.nanoTime();
      billing.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
      out.flush();
      double seconds = (System.nanoTime() - started) / 1e9;
      Files.delete(file);
      return seconds;
    } catch (SQLException e) {
      throw new IllegalStateException("COPY failed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds rows to a new table with the indexes, checks and keys of the table of billings. */
  static double copyIn(Backing backing, LocalDate day, int rows) {
    try (Connection billing = DriverManager.getConnection(backing.jdbcUrl("billing"));
        Statement statement = billing.createStatement()) {
      statement.execute("CREATE TABLE compared (LIKE billing INCLUDING ALL)");
      statement.execute("ALTER TABLE compared ADD FOREIGN KEY (vendor_id) REFERENCES vendor");
      long started = System.nanoTime();
      Billings.copyDay(billing, "compared", day, rows);
      double seconds = (System.nanoTime() - started) / 1e9;
      statement.execute("DROP TABLE compared");
      return seconds;
    } catch (SQLException e) {
      throw new IllegalStateException("COPY failed: " + e.getMessage(), e);
    }
  }
}
