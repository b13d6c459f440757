package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Every file is either read to its end or refused. {@link CorpusTest} has known cases. */
final class UploadReaderFuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String REAL =
      """
      account_name,account_number,reference,date_billed,payable,currency,total_issues
      Acme,A-1,R-1,2022-03-31,1.50,GBP,3
      "Zoë, ""Ltd\""",,,2021-12-31,-20,,
      "two
      lines",,,2021-02-30,"1,5",EUR,x

      '=1+1,,𝄞中文,01.02.2021,+0,XXX,1,more
      """;

  private static final Path STORE = makeStore();

  /** A change of a file: the bytes at one place are replaced by others, given as Latin-1. */
  record Change(int place, int length, String bytes) {
    byte[] in(byte[] content) {
      int from = content.length == 0 ? 0 : place % (content.length + 1);
      int to = Math.min(content.length, from + length);
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      changed.write(content, 0, from);
      changed.writeBytes(bytes.getBytes(ISO_8859_1));
      changed.write(content, to, content.length - to);
      return changed.toByteArray();
    }
  }

  private static Path makeStore() {
    try {
      return Files.createTempDirectory("fuzz");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterContainer
  static void removeStore() throws IOException {
    for (String file : List.of(TestWork.UPLOAD, TestWork.SHEET)) {
      Files.deleteIfExists(STORE.resolve(file));
      Files.deleteIfExists(STORE.resolve(file).getParent());
    }
    Files.deleteIfExists(STORE);
  }

  @Property
  void anyBytesAreReadOrRefused(
      @ForAll byte[] content, @ForAll boolean isPacked, @ForAll("parameters") ImportParameters how)
      throws IOException {
    read(isPacked ? gzip(content) : content, how);
  }

  @Property
  void changedFilesAreReadOrRefused(
      @ForAll("changes") List<Change> before,
      @ForAll boolean isPacked,
      @ForAll("changes") List<Change> after,
      @ForAll("parameters") ImportParameters how)
      throws IOException {
    byte[] content = change(encode(how), before);
    read(isPacked ? change(gzip(content), after) : content, how);
  }

  @Example
  void everyCharsetIsReadAsItWasWritten() throws IOException {
    String text = REAL.replaceAll("[^\\x00-\\x7f]", "x");
    TestReading expected = read(text.getBytes(UTF_8), in("utf-8")).orElseThrow();
    assertThat(expected.good()).hasSize(2);
    assertThat(expected.refused()).hasSize(2);
    for (Charset charset : Charset.availableCharsets().values()) {
      if (charset.canEncode() && charset.newEncoder().canEncode(text)) {
        Optional<TestReading> read = read(text.getBytes(charset), in(charset.name()));
        assertThat(read).as(charset.name()).hasValue(expected);
      }
    }
  }

  @Provide
  Arbitrary<ImportParameters> parameters() {
    List<String> charsets = List.copyOf(Charset.availableCharsets().keySet());
    return Combinators.combine(
            Arbitraries.of("GBP", "JPY").injectNull(0.5),
            Arbitraries.of(",", ",", ";", "tab", "|").injectNull(0.3),
            Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(charsets)),
                Tuple.of(1, Arbitraries.of("utf-8", "utf-16", "windows-1252"))),
            Arbitraries.of("ISO", "dd.MM.yyyy", "MMMdyy").injectNull(0.3),
            Arbitraries.of(".", ",").injectNull(0.3))
        .as(
            (currency, delimiter, charset, dates, decimal) ->
                new ImportParameters(null, currency, delimiter, charset, dates, decimal));
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> marks =
        Arbitraries.of("\"", ",", ";", "\r", "\n", "\0", "\t", "\uFEFF", "'", "-", "9", "", "é")
            .map(text -> new String(text.getBytes(UTF_8), ISO_8859_1));
    Arbitrary<String> any = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(5);
    return Combinators.combine(
            Arbitraries.integers().between(0, 500),
            Arbitraries.integers().between(0, 3),
            Arbitraries.oneOf(marks, any))
        .as(Change::new)
        .list()
        .ofMaxSize(4);
  }

  private static Optional<TestReading> read(byte[] content, ImportParameters how) {
    return assertTimeoutPreemptively(
        LONGEST,
        () -> {
          try {
            return Optional.of(TestReading.of(content, how, STORE));
          } catch (BadInput refused) {
            assertThat(refused).message().isNotBlank();
            return Optional.empty();
          }
        });
  }

  private static ImportParameters in(String charset) {
    return new ImportParameters(null, "GBP", null, charset, null, null);
  }

  private static byte[] encode(ImportParameters how) {
    String delimiter = how.delimiter() == null ? "," : how.delimiter().replace("tab", "\t");
    Charset charset = Charset.forName(String.valueOf(how.charset()));
    String text = REAL.replace(",", delimiter);
    return text.getBytes(charset.canEncode() ? charset : UTF_8);
  }

  private static byte[] change(byte[] content, List<Change> changes) {
    byte[] changed = content;
    for (Change change : changes) {
      changed = change.in(changed);
    }
    return changed;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(content);
    }
    return target.toByteArray();
  }
}
