package io.tallyman.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallyman.standalone.command.Options.Command;
import io.tallyman.standalone.stack.UsageError;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OptionsTest {
  private static final Path HOME = Path.of("/srv/tallyman");

  @Test
  void aBareCommandHasTheUsualValues() {
    assertThat(parse("up"))
        .isEqualTo(
            new Options(Command.UP, OptionalInt.empty(), 2, HOME.resolve(".tallyman"), true));
  }

  @Test
  void aDemoHasADirectoryOfItsOwn() {
    assertThat(parse("demo").directory()).isEqualTo(HOME.resolve(".tallyman/demo"));
  }

  @Test
  void everyOptionIsTaken() {
    assertThat(parse("up --port 9000 --workers 3 --data /tmp/here --no-samples"))
        .isEqualTo(new Options(Command.UP, OptionalInt.of(9000), 3, Path.of("/tmp/here"), false));
  }

  @ParameterizedTest
  @EnumSource(names = {"DOWN", "STATUS", "RESET"})
  void theDirectoryIsTakenByWhatStartsNothing(Command command) {
    Options options = parse(command.name().toLowerCase(Locale.ROOT) + " --data /tmp/here");

    assertThat(options.command()).isEqualTo(command);
    assertThat(options.directory()).isEqualTo(Path.of("/tmp/here"));
  }

  @Test
  void helpIsGivenWhateverElseIsAsked() {
    assertThat(parse("start --help").command()).isEqualTo(Command.HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start                | start is not a command. Commands are: demo, up, down, status or reset.
          up --prot 9000       | --prot is not an option of up.
          down --workers 2     | --workers is not an option of down.
          status --port 9000   | --port is not an option of status.
          reset --port 9000    | --port is not an option of reset.
          demo --no-samples    | --no-samples is not an option of demo.
          up --port            | --port needs a value.
          up --port 0          | --port needs a whole number from 1 to 65535, but 0 was given.
          up --port 65536      | --port needs a whole number from 1 to 65535, but 65536 was given.
          up --workers many    | --workers needs a whole number from 1 to 64, but many was given.
          up --workers -1      | --workers needs a whole number from 1 to 64, but -1 was given.
          """)
  void whatCannotBeMeantIsSaidInOneLine(String line, String message) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(UsageError.class)
        .hasMessageStartingWith(message)
        .message()
        .hasLineCount(1);
  }

  private static Options parse(String line) {
    return Options.parse(List.of(line.split(" ")), HOME);
  }
}
