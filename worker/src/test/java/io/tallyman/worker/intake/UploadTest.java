package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tallyman.worker.work.BadInput;
import io.tallyman.worker.work.TestWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .withMessageStartingWith("Line 3 has bytes that are not UTF-8");
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(join(bytes("a\n".repeat(100_000)), new byte[] {(byte) 0xc3})))
        .withMessageStartingWith("Line 100001 has bytes that are not UTF-8");
  }

  @Test
  void openQuoteIsFoundWithTheLineWhereTheRecordBegan() {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(bytes("a,b\n1,2\n3,\"4\n5,6\n")))
        .withMessageContaining("line 3");
  }

  @Test
  void cellsAndRecordsHaveALimit() throws IOException {
    String longest = "x".repeat(64 * 1024);
    assertThat(read(bytes("a\n" + longest + "\n"))).hasSize(2);
    assertBad("bad-csv", bytes("a\n" + longest + "x\n"));
    assertBad("bad-csv", bytes("a\n\"" + longest.repeat(20) + "\"\n"));
    assertBad("bad-csv", bytes("a\n" + (longest + ",").repeat(17) + "\n"));
  }

  @Test
  void countsTheBytesThatAreStored() throws IOException {
    byte[] stored = gzip(bytes("a,b\n".repeat(10_000)));
    Path file = Files.write(directory.resolve("upload"), stored);
    try (Upload upload = Upload.open(file)) {
      upload.records().forEachRemaining(_ -> {});
      assertThat(upload.read()).isEqualTo(upload.size()).isEqualTo(stored.length);
    }
  }

  private List<List<String>> read(byte[] content) throws IOException {
    List<List<String>> records = new ArrayList<>();
    Path file = Files.write(directory.resolve("upload"), content);
    try (Upload upload = Upload.open(file)) {
      upload.records().forEachRemaining(row -> records.add(row.getFields()));
    }
    return records;
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

  /** Gzip of exactly that length: where a buffer ends there, its trailer ends too, or is cut. */
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
