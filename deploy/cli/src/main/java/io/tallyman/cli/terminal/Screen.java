package io.tallyman.cli.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output has results only, so that it can be piped. Everything else goes to standard
 * error: progress, notes, questions and errors.
 */
public final class Screen {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final String NO_ANSWER = "There was no answer to the question.";

  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final boolean terminal;
  private final boolean interactive;

  private boolean inPlace;
  private String shown = "";
  private Instant shownAt = Instant.MIN;

  /**
   * @param terminal whether standard error is a terminal, where a line can be changed
   * @param interactive whether somebody can answer questions
   */
  public Screen(
      PrintStream out, PrintStream err, BufferedReader in, boolean terminal, boolean interactive) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.terminal = terminal;
    this.interactive = interactive;
  }

  /** Standard output, for a file that is written there. */
  public PrintStream out() {
    return out;
  }

  public boolean isInteractive() {
    return interactive;
  }

  /** Prints a line of the result. */
  public synchronized void print(String line) {
    clear();
    out.println(line);
  }

  /** Prints a line that is not a part of the result. */
  public synchronized void note(String line) {
    clear();
    err.println(line);
  }

  /**
   * Shows how far something is. On a terminal, one line is updated in place. Elsewhere a new line
   * is printed if the step is another one, or from time to time.
   *
   * @param step what is done now, such as the status of a task
   */
  public synchronized void progress(String step, String line) {
    if (terminal) {
      err.print("\r\u001b[K" + line);
      err.flush();
      inPlace = true;
      return;
    }
    Instant now = Instant.now();
    if (!step.equals(shown) || shownAt.plus(BETWEEN_LINES).isBefore(now)) {
      err.println(line);
      shown = step;
      shownAt = now;
    }
  }

  /** Asks a question and returns the answer, without spaces around it. */
  public synchronized String ask(String prompt) {
    clear();
    err.print(prompt);
    err.flush();
    try {
      String answer = in.readLine();
      if (answer == null) {
        throw new CommandFailure(ExitCode.USAGE, NO_ANSWER);
      }
      return answer.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("The answer cannot be read: " + e, e);
    }
  }

  /** Asks for something that does not appear on the terminal while it is typed. */
  public synchronized String askSecretly(String prompt) {
    Console console =
        Optional.ofNullable(System.console())
            .filter(found -> interactive && found.isTerminal())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "There is no terminal for the password. Use --password-file."));
    clear();
    char @Nullable [] answer = console.readPassword("%s", prompt);
    if (answer == null) {
      throw new CommandFailure(ExitCode.USAGE, NO_ANSWER);
    }
    return new String(answer);
  }

  private void clear() {
    if (inPlace) {
      err.print("\r\u001b[K");
      err.flush();
      inPlace = false;
    }
  }
}
