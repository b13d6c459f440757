package io.tallyman.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir private Path directory;

  @Test
  void isTheLastTwentyLines() throws IOException {
    Path log = Files.writeString(directory.resolve("a.log"), lines(1, 10_000));

    assertThat(LogTail.of(log)).isEqualTo(lines(9_981, 10_000));
  }

  @Test
  void isTheWholeOfAShortLog() throws IOException {
    Path log = Files.writeString(directory.resolve("a.log"), "one\ntwo\n");

    assertThat(LogTail.of(log)).isEqualTo("one\ntwo");
  }

  @Test
  void saysSoWhenThereIsNoLog() {
    Path log = directory.resolve("none.log");

    assertThat(LogTail.of(log)).isEqualTo("(there is no log in " + log + ")");
  }

  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj("Line number %d"::formatted)
        .collect(Collectors.joining("\n"));
  }
}
