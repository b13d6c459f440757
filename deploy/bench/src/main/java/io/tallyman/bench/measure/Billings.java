package io.tallyman.bench.measure;

import io.tallyman.bench.backing.Backing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Gatherer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The billings of a run: days of 10, 100 and 1,000 rows, and one big day. What the sheet of a day
 * must contain is known without asking a system.
 *
 * @param bigRows the number of rows of the big day
 */
public record Billings(int bigRows, Map<LocalDate, String> digests) {
  private static final int VENDORS = 1_000;
  private static final int ACCOUNTS = 100;
  private static final String BILLING_COLUMNS =
      "COPY %s (vendor_id, date_billed, payable, currency, total_issues, reference, ordinal)"
          + " FROM STDIN";
  private static final String HEADER =
      "date_billed,account_name,account_number,reference,payable,currency,total_issues\r\n";

  /** Some days, each with the same number of rows. */
  public record Days(LocalDate first, int count, int rows) {
    public LocalDate day(int item) {
      return first.plusDays(item % count);
    }
  }

  public static final Days SMALL = new Days(LocalDate.of(2030, 1, 1), 200, 10);
  public static final Days HUNDRED = new Days(LocalDate.of(2031, 1, 1), 20, 100);
  public static final Days THOUSAND = new Days(LocalDate.of(2032, 1, 1), 20, 1_000);

  public Billings(int bigRows) {
    this(bigRows, new ConcurrentHashMap<>());
  }

  public Days big() {
    return new Days(LocalDate.of(2033, 1, 1), 1, bigRows);
  }

  /** Fills the empty tables of Tallyman, which the peer reads too. */
  public void load(Backing backing) {
    try (Connection billing = DriverManager.getConnection(backing.jdbcUrl("billing"));
        Connection users = DriverManager.getConnection(backing.jdbcUrl("users"))) {
      copy(
          users,
          "COPY account (name, email, username, password_hash, roles) FROM STDIN",
          IntStream.rangeClosed(1, ACCOUNTS)
              .mapToObj(
                  id -> "User %d\tuser%d@example.org\tuser%d\t-\t{}\n".formatted(id, id, id)));
      copy(
          billing,
          "COPY vendor (account_name, account_number) FROM STDIN",
          IntStream.rangeClosed(1, VENDORS)
              .mapToObj(id -> "%s\t%s\n".formatted(accountName(id), accountNumber(id))));
      copy(
          billing,
          BILLING_COLUMNS.formatted("billing"),
          Stream.of(SMALL, HUNDRED, THOUSAND, big()).flatMap(Billings::stored));
      try (Statement statement = billing.createStatement()) {
        statement.execute("VACUUM ANALYZE vendor, billing");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The billings were not loaded: " + e.getMessage(), e);
    }
  }

  /** Adds the rows of a day to a table that has the columns of the table of billings. */
  static void copyDay(Connection connection, String table, LocalDate day, int rows)
      throws SQLException {
    copy(connection, BILLING_COLUMNS.formatted(table), stored(day, rows));
  }

  /** The id of a user. */
  public static long user(int item) {
    return 1L + item % ACCOUNTS;
  }

  /** The SHA-256 digest of the sheet of a day. */
  public String digest(Days days, LocalDate day) {
    return digests.computeIfAbsent(day, _ -> sha256(sheet(day, days.rows())));
  }

  public static String sha256(byte[] content) {
    return sha256(Stream.of(content));
  }

  /** The lines of the sheet of a day. The same lines can be imported. */
  static Stream<byte[]> sheet(LocalDate day, int rows) {
    return Stream.concat(
            Stream.of(HEADER), IntStream.range(0, rows).mapToObj(row -> line(day, row, rows)))
        .map(line -> line.getBytes(StandardCharsets.UTF_8));
  }

  private static Stream<String> stored(Days days) {
    return IntStream.range(0, days.count())
        .mapToObj(days::day)
        .flatMap(day -> stored(day, days.rows()));
  }

  private static Stream<String> stored(LocalDate day, int rows) {
    return IntStream.range(0, rows).mapToObj(row -> stored(day, row, rows));
  }

  private static String stored(LocalDate day, int row, int rows) {
    return "%d\t%s\t%s\tGBP\t%d\t%s\t1\n"
        .formatted(vendor(row, rows), day, payable(row), issues(row), reference(day, row));
  }

  private static String line(LocalDate day, int row, int rows) {
    int vendor = vendor(row, rows);
    return "%s,%s,%s,%s,%s,GBP,%d\r\n"
        .formatted(
            day,
            accountName(vendor),
            accountNumber(vendor),
            reference(day, row),
            payable(row),
            issues(row));
  }

  /** Never decreases, so the order of the rows is the order of a sheet. */
  private static int vendor(int row, int rows) {
    return 1 + (int) ((long) row * VENDORS / rows);
  }

  private static String accountName(int vendor) {
    return "Vendor %d & Sons".formatted(vendor);
  }

  private static String accountNumber(int vendor) {
    return "V-%05d".formatted(vendor);
  }

  private static String reference(LocalDate day, int row) {
    return "INV-%s-%d".formatted(day, row);
  }

  private static BigDecimal payable(int row) {
    return BigDecimal.valueOf(100 + row * 7919L % 1_000_000, 2);
  }

  private static int issues(int row) {
    return 1 + row % 12;
  }

  private static void copy(Connection connection, String command, Stream<String> lines)
      throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command);
    try (lines) {
      for (List<String> some : (Iterable<List<String>>) lines.gather(windows())::iterator) {
        byte[] bytes = String.join("", some).getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static Gatherer<String, ?, List<String>> windows() {
    return Gatherers.windowFixed(1_000);
  }

  private static String sha256(Stream<byte[]> content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      content.forEachOrdered(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
