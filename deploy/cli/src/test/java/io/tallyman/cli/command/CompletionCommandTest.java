package io.tallyman.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.Screen;
import io.tallyman.standalone.command.Options;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CompletionCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Session session =
      new Session(
          new Screen(
              new PrintStream(out, true, UTF_8),
              new PrintStream(out, true, UTF_8),
              new BufferedReader(Reader.nullReader()),
              false,
              false),
          Map.of(),
          Path.of(""));

  @Test
  void helpOfTheLauncherListsTheSameCommands() {
    CommandLine all = Commands.commandLine(session);
    List<String> commands =
        Stream.concat(
                CompletionCommand.LAUNCHER.keySet().stream(),
                all.getSubcommands().keySet().stream())
            .sorted()
            .toList();

    assertThat(found("(?m)^  ([a-z]+) .*")).isEqualTo(commands);
    assertThat(CompletionCommand.LAUNCHER.values().stream().flatMap(List::stream).distinct())
        .containsExactlyInAnyOrderElementsOf(found("(?m)^  (--[a-z-]+) .*"));
  }

  @Test
  void scriptHasTheCommandsAndTheirOptions() {
    assertThat(Commands.run(session, "completion", "bash")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "sheet", "--from", "import", "--date-format", "up", "--no-samples", "bashcompinit");
  }

  private static List<String> found(String pattern) {
    return Pattern.compile(pattern)
        .matcher(Options.HELP)
        .results()
        .map((MatchResult match) -> match.group(1))
        .sorted()
        .distinct()
        .toList();
  }
}
