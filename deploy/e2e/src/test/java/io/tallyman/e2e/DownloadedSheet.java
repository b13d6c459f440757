package io.tallyman.e2e;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A sheet, which the test reads and sums itself.
 *
 * @param ordered whether the dates are in ascending order
 */
record DownloadedSheet(long rows, BigDecimal total, String sha256, boolean ordered) {

  static DownloadedSheet read(Path file) throws IOException, NoSuchAlgorithmException {
    long rows = 0;
    BigDecimal total = BigDecimal.ZERO;
    boolean ordered = true;
    String last = "";
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        rows++;
        total = total.add(new BigDecimal(row.getField("payable")));
        ordered &= last.compareTo(row.getField("date_billed")) <= 0;
        last = row.getField("date_billed");
      }
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return new DownloadedSheet(rows, total, HexFormat.of().formatHex(digest), ordered);
  }
}
