package io.tallyman.standalone.client;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.standalone.client.GatewayTask.SheetResult;
import io.tallyman.standalone.stack.Services;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A downloaded billing sheet. */
public record DownloadedSheet(Path file) {

  /**
   * @throws TaskFailure if the file differs from the result of the task
   */
  public void check(SheetResult promised) {
    try {
      String sha256 = sha256();
      if (!sha256.equals(promised.sha256())) {
        throw new TaskFailure(
            Services.GATEWAY,
            "sent a sheet with SHA-256 %s, not %s".formatted(sha256, promised.sha256()));
      }
      long rows = rows();
      if (rows != promised.rows()) {
        throw new TaskFailure(
            Services.GATEWAY, "sent a sheet of %d rows, not %d".formatted(rows, promised.rows()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sheet " + file + " cannot be read: " + e, e);
    }
  }

  public List<String> firstLines(int count) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.limit(count).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The sheet " + file + " cannot be read: " + e, e);
    }
  }

  private long rows() throws IOException {
    try (CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(file)) {
      return records.stream().skip(1).count();
    }
  }

  private String sha256() throws IOException {
    MessageDigest digest = sha256Digest();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
