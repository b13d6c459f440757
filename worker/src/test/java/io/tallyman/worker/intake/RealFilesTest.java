package io.tallyman.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.testkit.Requirement;
import io.tallyman.worker.intake.detect.Detector;
import io.tallyman.worker.intake.detect.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real open data of councils, a city and a state goes in after at most one round of answers. The
 * totals equal those of a Python program that shares no code with Tallyman.
 */
final class RealFilesTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("TALLYMAN_DATA", "../../shared/data"))
          .resolve("odd/real");

  @TempDir private Path store;

  /** File, the options that are asked for, and the answers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gla-2012-13-P12         | currency              | currency=GBP
          lambeth-2011-04         | date,currency         | date=2011-04-30&currency=GBP
          lambeth-2011-11         | date,currency         | date=2011-11-30&currency=GBP
          minasgerais-contratacao | columns,columns,currency | columns=payable:Valor Total Homologado,date_billed:Data Criação Processo&currency=BRL
          oxford-apr-jun-2014     | date,currency         | date=2014-06-30&currency=GBP
          oxford-jan-mar-2014     | currency              | currency=GBP
          oxford-jul-sep-2014     | currency              | currency=GBP
          phoenix-october-2017    | currency              | currency=USD
          """)
  void realFileGoesInAfterOneRoundOfAnswers(String file, String asked, String answers)
      throws Exception {
    Path path = DATA.resolve(file + ".csv");
    new Requirement(path.toString(), "TALLYMAN_REQUIRE_DATA").check(Files.isRegularFile(path));
    byte[] content = Files.readAllBytes(path);

    assertThat(
            Detector.inspect(content, true, Queries.read("")).detection().questions().stream()
                .map(Question::option)
                .collect(Collectors.joining(",")))
        .isEqualTo(asked);
    Detector.Found found =
        Detector.detect(() -> Files.newInputStream(path), Queries.read(answers), _ -> {});
    assertThat(found.detection().questions()).isEmpty();

    TestReading read = TestReading.of(content, found.parameters(), store);
    BigDecimal total =
        read.good().stream()
            .map(row -> new BigDecimal(row.get(5)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(read.good().size() + " " + total).isEqualTo(computed().get(file));
    assertThat(read.refused()).isEmpty();
  }

  /** What the Python program computes: the number of payments and their sum, by file. */
  private static Map<String, String> computed()
      throws IOException, InterruptedException, URISyntaxException {
    Path program =
        Path.of(Objects.requireNonNull(RealFilesTest.class.getResource("/real_totals.py")).toURI());
    Process python;
    try {
      python =
          new ProcessBuilder("python3", program.toString(), DATA.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException missing) {
      new Requirement("Python", "TALLYMAN_REQUIRE_PYTHON").check(false);
      throw missing;
    }
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();
    Map<String, String> computed = new HashMap<>();
    output.lines().map(line -> line.split(" ", 2)).forEach(line -> computed.put(line[0], line[1]));
    return computed;
  }
}
