package io.tallyman.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The program behind {@code ./tallyman}. Exit codes: 0 done, 1 something failed, 2 it could not be
 * done as asked and nothing was started, 130 a demonstration was interrupted.
 */
public final class Standalone {
  private Standalone() {}

  /**
   * @param arguments see {@link Options#HELP}; the system property {@code tallyman.home} names the
   *     root of the built repository, {@code tallyman.terminal} says whether output is seen at once
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Where the broker, which logs it as well, prints what fails.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Path home = Path.of(System.getProperty("tallyman.home", "")).toAbsolutePath();
    try {
      Options options = Options.parse(List.of(arguments), home);
      switch (options.command()) {
        case HELP -> out.print(Options.HELP);
        case RESET -> reset(options, out);
        case DEMO, UP -> {
          SettingsFile settings = SettingsFile.nearest(Path.of(""), home);
          System.exit(new Session(options, settings, home, out).run());
        }
      }
    } catch (UsageError e) {
      System.err.println("tallyman: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void reset(Options options, PrintStream out) {
    new DataDirectory(options.directory()).reset();
    out.println("All data in " + options.directory() + " is deleted.");
  }
}
