package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConcurrencyExampleTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "src", "Concurrency.java");

  @Test
  void exampleRunsEveryCallInEachWay() throws IOException, InterruptedException {
    List<String> lines = run("10", "5", "300");

    assertThat(lines.getFirst()).isEqualTo("Calls of 10 ms each");
    assertThat(lines.subList(3, 7))
        .satisfiesExactly(
            oneByOne -> assertThat(oneByOne).matches("one by one +5 .* s +1"),
            pool -> assertThat(pool).matches("on a pool of 40 threads +5 .* s +5"),
            few -> assertThat(few).matches("each on a virtual thread +5 .* s +\\d+"),
            many -> assertThat(many).matches("each on a virtual thread +300 .* s +\\d+"));
  }

  private static List<String> run(String... arguments) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, EXAMPLE.toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
