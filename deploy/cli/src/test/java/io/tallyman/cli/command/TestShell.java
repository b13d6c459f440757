package io.tallyman.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.Screen;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs commands and keeps what they print. Nothing runs here, and no login is kept. */
final class TestShell {
  private static final Path NOTHING = Path.of("no-such-folder");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("XDG_STATE_HOME", NOTHING.toString()));

  TestShell set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  int run(String line) {
    return run(line, "", false);
  }

  /**
   * @param input what standard input has
   * @param interactive whether a person types it
   */
  int run(String line, String input, boolean interactive) {
    Screen screen =
        new Screen(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new BufferedReader(new StringReader(input)),
            false,
            interactive);
    return Commands.run(
        new Session(screen, environment, NOTHING),
        line.isEmpty() ? new String[0] : line.split(" "));
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
