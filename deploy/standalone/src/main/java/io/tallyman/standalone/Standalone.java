package io.tallyman.standalone;

import io.tallyman.standalone.command.Down;
import io.tallyman.standalone.command.Options;
import io.tallyman.standalone.command.SettingsFile;
import io.tallyman.standalone.command.StackRun;
import io.tallyman.standalone.command.Status;
import io.tallyman.standalone.stack.AotTraining;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.UsageError;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The program behind {@code ./tallyman}. Exit codes: 0 success; 1 something failed or is not ready;
 * 2 the command is wrong or cannot run, and nothing was started; 3 nothing runs; 130 a
 * demonstration was interrupted.
 */
public final class Standalone {
  // A launcher stops its processes one after the other; this is more than it needs for all of them.
  private static final Duration STOP_TIME = Duration.ofMinutes(3);

  private Standalone() {}

  /**
   * @param arguments see {@link Options#HELP}; the system property {@code tallyman.home} is the
   *     root of the built repository; {@code tallyman.terminal} says whether the output is a
   *     terminal
   */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // The broker prints failures to standard output. It also logs them.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Path home = Path.of(System.getProperty("tallyman.home", "")).toAbsolutePath();
    try {
      Options options = Options.parse(List.of(arguments), home);
      switch (options.command()) {
        case HELP -> out.print(Options.HELP);
        case DOWN -> System.exit(down(options, home, out).play());
        case STATUS -> System.exit(new Status(new DataDirectory(options.directory()), out).play());
        case RESET -> reset(options, out);
        case DEMO, UP -> System.exit(new StackRun(options, settings(home), home, out).run());
      }
    } catch (UsageError e) {
      System.err.println("tallyman: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Down down(Options options, Path home, PrintStream out) {
    DataDirectory directory = new DataDirectory(options.directory());
    return new Down(directory, AotTraining.directory(home), STOP_TIME, out);
  }

  private static SettingsFile settings(Path home) {
    return SettingsFile.nearest(
        Path.of(""), home, warning -> System.err.println("tallyman: " + warning));
  }

  private static void reset(Options options, PrintStream out) {
    new DataDirectory(options.directory()).reset();
    out.println("All data in " + options.directory() + " was deleted.");
  }
}
