package io.tallyman.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void terminalChangesOneLineAndClearsItBeforeTheResult() {
    Screen screen = screen(true, "");

    screen.progress("STARTED", "10%");
    screen.progress("STARTED", "20%");
    screen.print("done");

    assertThat(err.toString(UTF_8)).isEqualTo("\r\u001b[K10%\r\u001b[K20%\r\u001b[K");
    assertThat(out.toString(UTF_8)).isEqualTo("done\n");
  }

  @Test
  void elsewhereEachStepHasOneLine() {
    Screen screen = screen(false, "");

    screen.progress("PENDING", "waiting");
    screen.progress("STARTED", "10%");
    screen.progress("STARTED", "20%");

    assertThat(err.toString(UTF_8)).isEqualTo("waiting\n10%\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void questionNeedsAnAnswer() {
    Screen screen = screen(true, " EUR \n");

    assertThat(screen.ask("Currency: ")).isEqualTo("EUR");
    assertThatThrownBy(() -> screen.ask("Date: "))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  private Screen screen(boolean terminal, String input) {
    return new Screen(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        new BufferedReader(new StringReader(input)),
        terminal,
        terminal);
  }
}
