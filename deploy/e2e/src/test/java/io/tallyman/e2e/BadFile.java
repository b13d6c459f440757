package io.tallyman.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A file that cannot be imported at all. If the fault is late in the file, thousands of good rows
 * come before it.
 *
 * @param type the expected error
 * @param named text that the detail of the error must contain
 */
record BadFile(String name, Supplier<byte[]> content, String type, String named) {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String HEADER = "date_billed,account_name,payable,currency\r\n";
  private static final String ROW = "2061-01-01,Never imported,1.00,GBP\r\n";
  private static final String GOOD = HEADER + ROW.repeat(20_000);

  static Stream<BadFile> all() {
    byte[] zipped = gzip(GOOD.getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        of("missing column", "date_billed,account_name\r\n", "header-mismatch", "payable"),
        of("no vendor column", "date_billed,payable\r\n", "header-mismatch", "account_name"),
        of("column twice", "payable," + HEADER, "header-mismatch", "payable"),
        of("another delimiter", HEADER.replace(',', ';'), "header-mismatch", "date_billed;"),
        of("nothing in it", "", "empty-file", "header"),
        new BadFile("nothing in gzip", () -> gzip(new byte[0]), "empty-file", "header"),
        of("open quote", GOOD + "2061-01-01,\"Open,1.00,GBP\r\n", "bad-csv", "20002"),
        of("text behind a quote", GOOD + "2061-01-01,\"A\"b,1.00,GBP\r\n", "bad-csv", "20002"),
        of("cell of 50 MB", GOOD + "2061-01-01," + "x".repeat(50_000_000), "bad-csv", "20002"),
        encoded("Latin-1", StandardCharsets.ISO_8859_1, "Line 20002"),
        encoded("UTF-16", StandardCharsets.UTF_16, "UTF-16"),
        new BadFile(
            "gzip that is cut off",
            () -> Arrays.copyOf(zipped, zipped.length - 100),
            "bad-gzip",
            "cut off"),
        new BadFile(
            "gzip without its last byte",
            () -> Arrays.copyOf(zipped, zipped.length - 1),
            "bad-gzip",
            "cut off"),
        new BadFile("garbage behind gzip", () -> append(zipped, "garbage"), "bad-gzip", "follows"),
        new BadFile("damaged gzip", () -> damaged(zipped), "bad-gzip", "gzip"),
        new BadFile("megabyte that becomes a gigabyte", BadFile::bomb, "gzip-bomb", "200 times"));
  }

  /** Valid rows with a wide extra column. */
  private static byte[] bomb() {
    byte[] row = ("n".repeat(60_000) + ',' + ROW).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped, BUFFER_BYTES)) {
      gzip.write(("note," + HEADER).getBytes(StandardCharsets.UTF_8));
      for (int count = 0; count < 17_000; count++) {
        gzip.write(row);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }

  @Override
  public String toString() {
    return name;
  }

  private static BadFile of(String name, String content, String type, String named) {
    return new BadFile(name, () -> content.getBytes(StandardCharsets.UTF_8), type, named);
  }

  private static BadFile encoded(String name, Charset charset, String named) {
    String content = GOOD + "2061-01-01,Café,1.00,GBP\r\n";
    return new BadFile(name, () -> content.getBytes(charset), "bad-encoding", named);
  }

  private static byte[] append(byte[] content, String more) {
    ByteArrayOutputStream appended = new ByteArrayOutputStream();
    appended.writeBytes(content);
    appended.writeBytes(more.getBytes(StandardCharsets.UTF_8));
    return appended.toByteArray();
  }

  /** With a wrong checksum. */
  private static byte[] damaged(byte[] zipped) {
    byte[] damaged = zipped.clone();
    damaged[zipped.length - 8] ^= 1;
    return damaged;
  }
}
