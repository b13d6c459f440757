package io.tallyman.standalone.command;

import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.UsageError;
import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;

/** Prints an access token of the first admin of the stack that runs on a data directory. */
public record Token(DataDirectory directory, SettingsFile settings, PrintStream out) {
  /**
   * Returns 0 if a token was printed, and {@link Options#NOTHING_RUNS} if nothing runs.
   *
   * @throws UsageError with a message of one line, if the admin cannot log in
   */
  public int play() {
    Optional<URI> gateway = directory.runningGateway();
    if (gateway.isEmpty()) {
      // Not on standard output, which is read as the token.
      System.err.println("Nothing runs on " + directory.root() + ".");
      return Options.NOTHING_RUNS;
    }
    Admin admin = new Admin(directory, settings, System.getenv());
    out.println(admin.logIn(gateway.get()).token());
    return 0;
  }
}
