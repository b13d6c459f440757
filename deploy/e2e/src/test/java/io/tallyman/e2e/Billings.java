package io.tallyman.e2e;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;

/**
 * Invented billings of one year, with our column names. The expected sheet is known without asking
 * the stack.
 *
 * @param year a year that no other test uses
 */
public record Billings(int year, int rows) {
  private static final int VENDORS = 500;
  private static final int DAYS = 365;

  /**
   * Writes the billings as a gzip file.
   *
   * @param others rows of four cells that are written before them
   */
  public void writeTo(Path file, String... others) throws IOException {
    try (Writer csv =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      csv.write("date_billed,account_name,payable,currency\r\n");
      for (String other : others) {
        csv.write(other + "\r\n");
      }
      for (int row = 0; row < rows; row++) {
        csv.write("%s,%s,%s,GBP\r\n".formatted(date(row), vendor(row), payable(row)));
      }
    }
  }

  LocalDate first() {
    return LocalDate.of(year, 1, 1);
  }

  LocalDate last() {
    return LocalDate.of(year, 12, 31);
  }

  BigDecimal total() {
    BigDecimal total = BigDecimal.ZERO;
    for (int row = 0; row < rows; row++) {
      total = total.add(payable(row));
    }
    return total;
  }

  private LocalDate date(int row) {
    return first().plusDays(row % DAYS);
  }

  private String vendor(int row) {
    return "Vendor %d of %d".formatted(row % VENDORS, year);
  }

  /** Some are credit notes. */
  private static BigDecimal payable(int row) {
    return BigDecimal.valueOf((row * 37L % 100_000) - 2_000, 2);
  }
}
