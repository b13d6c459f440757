package io.tallyman.cli;

import io.tallyman.cli.command.Commands;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.Screen;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program behind the client commands of {@code ./tallyman}. */
public final class Tallyman {
  private Tallyman() {}

  /**
   * @param arguments a command with its options; the system property {@code tallyman.home} is the
   *     root of the repository; {@code tallyman.terminal} says whether standard error is a
   *     terminal, and {@code tallyman.interactive} whether standard input is one too
   */
  public static void main(String[] arguments) {
    Charset input = Charset.forName(System.getProperty("stdin.encoding", "UTF-8"));
    Screen screen =
        new Screen(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            new BufferedReader(new InputStreamReader(System.in, input)),
            Boolean.getBoolean("tallyman.terminal"),
            Boolean.getBoolean("tallyman.interactive"));
    Path home = Path.of(System.getProperty("tallyman.home", "")).toAbsolutePath();
    System.exit(Commands.run(new Session(screen, System.getenv(), home), arguments));
  }
}
