package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.embedded.KeptPassword;
import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the SQL statements and transactions of the services. PostgreSQL logs each statement before
 * it runs, until this is closed. Its own counters are not exact at once.
 */
final class StatementLog implements AutoCloseable {
  /** The prefix below, then what the log says for simple and for prepared statements. */
  private static final Pattern STATEMENT =
      Pattern.compile("(users|billing) (\\S+) LOG: {2}(statement|execute [^:]*): (.*)");

  private static final Pattern BORDER = Pattern.compile("(BEGIN|COMMIT|ROLLBACK)\\b.*");

  private final Stack stack;
  private final Path file;

  /**
   * @param statements without those that begin and end transactions
   * @param transactions also those that only read
   */
  record Counts(long statements, long transactions) {}

  StatementLog(Stack stack) throws SQLException {
    this.stack = stack;
    this.file = stack.directory().resolve("logs/postgres.log");
    // The database and the virtual transaction.
    change("ALTER SYSTEM SET log_line_prefix = '%d %v '", "ALTER SYSTEM SET log_statement = 'all'");
  }

  /** The end of the log. */
  long position() throws IOException {
    return Files.size(file);
  }

  Counts between(long from, long to) throws IOException {
    byte[] part = new byte[Math.toIntExact(to - from)];
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(from);
      log.readFully(part);
    }
    long statements = 0;
    Set<String> transactions = new HashSet<>();
    for (String line : new String(part, StandardCharsets.UTF_8).split("\n", -1)) {
      Matcher statement = STATEMENT.matcher(line);
      if (statement.matches()) {
        transactions.add(statement.group(2));
        statements += BORDER.matcher(statement.group(4)).matches() ? 0 : 1;
      }
    }
    assertThat(transactions).as("transactions in %s", file).isNotEmpty();
    return new Counts(statements, transactions.size());
  }

  @Override
  public void close() throws SQLException {
    change("ALTER SYSTEM RESET log_line_prefix", "ALTER SYSTEM RESET log_statement");
  }

  /** Changes settings as the superuser. All sessions use them from now on. */
  private void change(String... commands) throws SQLException {
    String address = stack.jdbcUrl("billing").replaceFirst("/billing\\?.*", "/postgres");
    try (Connection connection =
            DriverManager.getConnection(address, "postgres", superuserPassword());
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private String superuserPassword() {
    return KeptPassword.in(stack.directory().resolve("postgres/password"));
  }
}
