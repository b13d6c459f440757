package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.stream.TestWork;
import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known difficult files, and the expected outcome of each. */
final class CorpusTest {
  private static final String HEADER = "account_name,date_billed,payable";

  /** file | delimiter | charset | dates | decimal | good rows and refused ones, or the problem. */
  private static final String OUTCOMES =
      """
      amounts.csv             |     |              |          |   | 2+8
      amounts.csv             |     |              |          | , | 0+10
      blank-lines.csv         |     |              |          |   | 1+0
      cr-only.csv             |     |              |          |   | 1+1
      dates.csv               |     |              |          |   | 4+5
      day-first.csv           |     |              | d.M.yyyy |   | 2+2
      day-first.csv           |     |              |          |   | 1+3
      decimal-comma.csv       | ;   |              |          | , | 2+2
      decimal-comma.csv       | ;   |              |          |   | 2+2
      decimal-comma.csv       |     |              |          | , | header-mismatch
      empty.csv               |     |              |          |   | empty-file
      header-only.csv         |     |              |          |   | 0+0
      html.csv                |     |              |          |   | not-csv
      latin1.csv              |     |              |          |   | bad-encoding
      latin1.csv              |     | latin1       |          |   | 1+0
      mixed-line-ends.csv     |     |              |          |   | 3+0
      names.csv               |     |              |          |   | 8+2
      no-last-line-end.csv    |     |              |          |   | 1+0
      nul.csv                 |     |              |          |   | 1+2
      overlong.csv            |     |              |          |   | bad-encoding
      quote-in-the-middle.csv |     |              |          |   | bad-csv
      quote-open.csv          |     |              |          |   | bad-csv
      ragged.csv              |     |              |          |   | 2+2
      surrogate.csv           |     |              |          |   | bad-encoding
      tabs.csv                | tab |              |          |   | 2+0
      tabs.csv                |     |              |          |   | header-mismatch
      utf-16.csv              |     |              |          |   | bad-encoding
      utf-16.csv              |     | utf-16       |          |   | 1+0
      utf-16.csv              |     | utf-16le     |          |   | 1+0
      utf-16le-no-mark.csv    |     | windows-1252 |          |   | bad-encoding
      utf-16le-no-mark.csv    |     | utf-16le     |          |   | 1+0
      utf-8-mark.csv          |     |              |          |   | 1+0
      utf-8-mark.csv          |     | latin1       |          |   | header-mismatch
      windows-1252.csv        |     |              |          |   | bad-encoding
      windows-1252.csv        |     | windows-1252 |          |   | 1+0
      zip.csv                 |     |              |          |   | not-csv
      """;

  @TempDir private Path store;

  @ParameterizedTest
  @MethodSource("lines")
  void knownFileHasItsKnownOutcome(String line) throws Exception {
    String[] cells = line.split("\\|", -1);
    ImportParameters parameters =
        new ImportParameters(
            null, "GBP", given(cells[1]), given(cells[2]), given(cells[3]), given(cells[4]));
    byte[] content = Files.readAllBytes(corpus().resolve(cells[0].strip()));

    assertThat(outcome(content, parameters)).isEqualTo(cells[5].strip());
  }

  @Test
  void everyFileIsListed() throws Exception {
    try (Stream<Path> files = Files.list(corpus())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".csv"))
          .containsExactlyInAnyOrderElementsOf(
              lines().map(line -> line.split("\\|", -1)[0].strip()).collect(Collectors.toSet()));
    }
  }

  @Test
  void namesAreStagedAsTheyStand() throws Exception {
    byte[] content = Files.readAllBytes(corpus().resolve("names.csv"));
    assertThat(TestReading.of(content, plain(), store).good())
        .extracting(row -> row.get(1))
        .startsWith("=1+1", "@x", "-5", "a \"b\"", "a\nb")
        .contains("中文", "\u202Eشركة");
  }

  @Test
  void hundredsOfColumnsAreRead() throws Exception {
    String more = ",x".repeat(197);
    String row = "A,2021-01-01,1";
    String content = HEADER + more + "\n" + row + more + "\n" + row + "\n" + row + more + ",x\n";
    assertThat(outcome(content.getBytes(UTF_8), plain())).isEqualTo("2+1");
  }

  @Test
  void sheetOfRefusedRowsCanBeCorrectedAndSentAgain() throws Exception {
    byte[] names = Files.readAllBytes(corpus().resolve("names.csv"));
    String broken = new String(names, UTF_8).replace("2021-01-01,1", "2021-01-01,?");
    TestReading.of(broken.getBytes(UTF_8), plain(), store);
    String sheet = Files.readString(store.resolve(TestWork.SHEET));
    String corrected = sheet.replace("2021-01-01,?", "2021-01-01,1");

    TestReading again = TestReading.of(corrected.getBytes(UTF_8), plain(), store);
    TestReading straight = TestReading.of(names, plain(), store);
    assertThat(again.good())
        .extracting(row -> row.subList(1, row.size()))
        .isEqualTo(straight.good().stream().map(row -> row.subList(1, row.size())).toList());
    assertThat(again.refused()).hasSameSizeAs(straight.refused());
  }

  static Stream<String> lines() {
    return OUTCOMES.lines();
  }

  private String outcome(byte[] content, ImportParameters parameters)
      throws IOException, InterruptedException {
    try {
      TestReading read = TestReading.of(content, parameters, store);
      return read.good().size() + "+" + read.refused().size();
    } catch (BadInput bad) {
      return TestWork.slug(bad);
    }
  }

  private static ImportParameters plain() {
    return new ImportParameters(null, "GBP", null, null, null, null);
  }

  private static @Nullable String given(String cell) {
    return cell.isBlank() ? null : cell.strip();
  }

  private static Path corpus() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(CorpusTest.class.getResource("/corpus")).toURI());
  }
}
