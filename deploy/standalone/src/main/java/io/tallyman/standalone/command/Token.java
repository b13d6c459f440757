package io.tallyman.standalone.command;

import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.client.TaskFailure;
import io.tallyman.standalone.stack.DataDirectory;
import io.tallyman.standalone.stack.Services;
import io.tallyman.standalone.stack.UsageError;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints an access token of the first admin of the stack that runs on a data directory. */
public record Token(DataDirectory directory, SettingsFile settings, PrintStream out) {
  /** The username of the first admin. */
  static final String ADMIN = "admin";

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
    GatewayClient client = new GatewayClient(gateway.get());
    try {
      out.println(client.accessToken(ADMIN, password()));
      return 0;
    } catch (TaskFailure failure) {
      throw new UsageError("The user admin cannot log in: " + failure.getMessage(), failure);
    }
  }

  private String password() {
    @Nullable String set = System.getenv(Services.ADMIN_PASSWORD);
    set = set == null ? settings.settings().get(Services.ADMIN_PASSWORD) : set;
    if (set != null) {
      return set;
    }
    if (!Files.exists(directory.adminPasswordFile())) {
      throw new UsageError(
          "The password of the user admin is unknown, because it was set when the stack started."
              + " Set TALLYMAN_ADMIN_PASSWORD.");
    }
    return directory.adminPassword();
  }
}
