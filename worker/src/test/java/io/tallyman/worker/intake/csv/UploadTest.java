package io.tallyman.worker.intake.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UploadTest {
  private static final byte[] ROWS = bytes("a,b\n1,Zoë\n");

  private static final int BUFFER = 64 * 1024;

  @TempDir private Path directory;

  @Test
  void readsPlainCsv() throws IOException {
    assertThat(read(ROWS)).containsExactly(List.of("a", "b"), List.of("1", "Zoë"));
  }

  @Test
  void leavesTheByteOrderMarkOut() throws IOException {
    assertThat(read(bytes("\uFEFFa,b\n")).getFirst()).containsExactly("a", "b");
    assertThat(read(gzip(bytes("\uFEFFa,b\n"))).getFirst()).containsExactly("a", "b");
  }

  @Test
  void inflatesGzipOfOneMemberOrMany() throws IOException {
    assertThat(read(gzip(ROWS))).isEqualTo(read(ROWS));
    assertThat(read(join(gzip(ROWS), gzip(bytes("2,c\n")), gzip(new byte[0]))))
        .hasSize(3)
        .endsWith(List.of("2", "c"));
  }

  @Test
  void emptyFileHasNoRecords() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(gzip(new byte[0]))).isEmpty();
  }

  @Test
  void gzipThatIsCutOffIsNotTakenForWhole() throws IOException {
    byte[] whole = gzip(ROWS);
    for (int length = 2; length < whole.length; length++) {
      assertBad("bad-gzip", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void whatFollowsTheGzipIsNotIgnored() throws IOException {
    for (byte[] whole : List.of(gzip(ROWS), ofStoredLength(BUFFER), ofStoredLength(BUFFER + 4))) {
      assertThat(read(whole)).isNotEmpty();
      assertBad("bad-gzip", join(whole, bytes("x")));
      assertBad("bad-gzip", join(whole, bytes("xyz")));
      assertBad("bad-gzip", join(whole, Arrays.copyOf(gzip(ROWS), 3)));
      assertBad("bad-gzip", join(whole, new byte[100]));
    }
  }

  @Test
  void damagedGzipIsNotRead() throws IOException {
    byte[] damaged = gzip(bytes("a,b\n".repeat(1_000)));
    damaged[damaged.length - 6] ^= 1;
    assertBad("bad-gzip", damaged);
  }

  @Test
  void bytesThatAreNotUtf8AreFoundWithTheirLine() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read("a,b\r\n1,2\n3,Zo\u00eb\n".getBytes(ISO_8859_1)))
        .withMessageStartingWith("Line 3 has bytes that are not valid UTF-8");
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(join(bytes("a\n".repeat(100_000)), new byte[] {(byte) 0xc3})))
        .withMessageStartingWith("Line 100001 has bytes that are not valid UTF-8");
  }

  @Test
  void quotesAreFoundWithTheLineWhereTheRecordBegan() {
    assertBadCsv("a,b\n1,2\n3,\"4\n5,6\n", "line 3 has a quote that is never closed");
    assertBadCsv("a,b\n1,\"2\n2\"\n\"3\" 4,5\n", "line 4 has text after a closing quote");
    assertBadCsv("a,\"b\"\"\n", "line 1 has a quote that is never closed");
  }

  @Test
  void cellsAndRecordsHaveALimit() throws IOException {
    String longest = "x".repeat(64 * 1024);
    assertThat(read(bytes("a\n" + longest + "\n"))).hasSize(2);
    assertThat(read(bytes("a" + ",".repeat(1024 - 1)))).hasSize(1);
    assertBadCsv("a\n" + longest + "x\n", "line 2 has a cell of more than 65536 characters");
    assertBadCsv(
        "a\nb\n\"" + longest.repeat(20) + "\"\n",
        "line 3 has a cell of more than 65536 characters");
    assertBadCsv(
        "a\n" + (longest + ",").repeat(17) + "\n", "line 2 has more than 1048576 characters");
    assertBadCsv("a\n" + ",".repeat(1024), "line 2 has more than 1024 cells");
  }

  @Test
  void failuresOfTheStoreAreNotTakenForBadCsv() throws IOException {
    Path file = Files.write(directory.resolve("upload"), ROWS);
    Upload upload = Upload.of(Files.newInputStream(file), _ -> {});
    upload.close();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> upload.records(CsvFormat.OURS));
  }

  @Test
  void readsOtherDelimitersAndCharsets() throws IOException {
    String text = "a;b\n1;Zoë\n";
    List<List<String>> records = List.of(List.of("a", "b"), List.of("1", "Zoë"));
    for (String charset : List.of("utf-8", "latin1", "windows-1252", "utf-16", "UTF-16LE")) {
      assertThat(read(text.getBytes(Charset.forName(charset)), ";", charset)).isEqualTo(records);
    }
    assertThat(read(gzip(bytes("a\tb,c\n")), "tab", null)).containsExactly(List.of("a", "b,c"));
    assertThat(read(bytes("a\tb,c\n"), "\t", null)).containsExactly(List.of("a", "b,c"));
  }

  @Test
  void leavesTheByteOrderMarkOfAnyCharsetOut() throws IOException {
    for (String charset : List.of("utf-16", "utf-16le", "utf-16be", "utf-32be", "gb18030")) {
      byte[] marked = "\uFEFFa,b\n".getBytes(Charset.forName(charset));
      assertThat(read(marked, ",", charset)).containsExactly(List.of("a", "b"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "utf-16, , charset=utf-16.",
    "x-UTF-16LE-BOM, latin1, charset=utf-16.",
    "utf-16le, utf-8, charset=utf-16le.",
    "utf-16be, windows-1252, charset=utf-16be."
  })
  void tellsThatAFileIsUtf16(String written, @Nullable String named, String advice) {
    byte[] content = "Name,Date\n".getBytes(Charset.forName(written));
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(content, ",", named))
        .withMessageStartingWith("The file looks like UTF-16, not ")
        .withMessageEndingWith(advice);
  }

  @Test
  void gzipThatBecomesFarTooMuchIsNotInflatedToTheEnd() throws IOException {
    byte[] member = gzip(bytes(("x".repeat(1023) + "\n").repeat(1024)));
    byte[][] members = new byte[400][];
    Arrays.fill(members, member);
    byte[] bomb = join(members);
    AtomicLong read = new AtomicLong();
    Path file = Files.write(directory.resolve("upload"), bomb);
    try (Upload upload = Upload.of(Files.newInputStream(file), read::set)) {
      Iterator<CsvRecord> records = upload.records(CsvFormat.OURS);
      assertThatExceptionOfType(BadInput.class)
          .isThrownBy(() -> records.forEachRemaining(_ -> {}))
          .withMessageContaining("more than 200 times their size")
          .satisfies(bad -> assertThat(TestWork.slug(bad)).isEqualTo("gzip-bomb"));
    }
    assertThat(read.get()).isLessThan(bomb.length);
  }

  @Test
  void tellsTheBytesOfTheStoredFileAsTheyAreRead() throws IOException {
    byte[] stored = bytes("a,b\n".repeat(BUFFER));
    Path file = Files.write(directory.resolve("upload"), stored);
    List<Long> told = new ArrayList<>();
    try (Upload upload = Upload.of(Files.newInputStream(file), told::add)) {
      upload.records(CsvFormat.OURS).forEachRemaining(_ -> {});
    }
    assertThat(told).hasSizeGreaterThanOrEqualTo(4).isSorted().endsWith((long) stored.length);
  }

  private List<List<String>> read(byte[] content) throws IOException {
    return read(content, null, null);
  }

  private List<List<String>> read(
      byte[] content, @Nullable String delimiter, @Nullable String charset) throws IOException {
    CsvFormat format =
        CsvFormat.of(new ImportParameters(null, null, delimiter, charset, null, null));
    List<List<String>> records = new ArrayList<>();
    Path file = Files.write(directory.resolve("upload"), content);
    try (Upload upload = Upload.of(Files.newInputStream(file), _ -> {})) {
      upload.records(format).forEachRemaining(row -> records.add(row.getFields()));
    }
    return records;
  }

  private void assertBadCsv(String content, String fault) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(bytes(content)))
        .withMessageStartingWith("The record that begins in " + fault)
        .satisfies(bad -> assertThat(TestWork.slug(bad)).isEqualTo("bad-csv"));
  }

  private void assertBad(String slug, byte[] content) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(content))
        .satisfies(bad -> assertThat(TestWork.slug(bad)).isEqualTo(slug));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(content);
    }
    return target.toByteArray();
  }

  /**
   * Gzip of exactly this length, so that its trailer ends at, or is split by, the end of a buffer.
   */
  private static byte[] ofStoredLength(int length) throws IOException {
    int rows = length / 2 - 100;
    while (true) {
      ByteArrayOutputStream target = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new Uncompressed(target)) {
        gzip.write(bytes("x\n".repeat(rows) + "x".repeat(length % 2)));
      }
      if (target.size() == length) {
        return target.toByteArray();
      }
      assertThat(target.size()).isLessThan(length);
      rows++;
    }
  }

  private static final class Uncompressed extends GZIPOutputStream {
    Uncompressed(ByteArrayOutputStream target) throws IOException {
      super(target);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
