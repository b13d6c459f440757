package io.tallyman.cli.gateway;

import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.standalone.command.Admin;
import io.tallyman.standalone.stack.UsageError;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of the admin of the stack that runs here. A command logs in when it needs the token,
 * and again before it expires, because a command may watch a task for hours. Not thread-safe.
 */
final class OwnLogin implements Supplier<Optional<String>> {
  /** Half of the time for which a token is valid. */
  private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);

  private final Admin admin;
  private final URI gateway;
  private @Nullable String token;
  private long since;

  OwnLogin(Admin admin, URI gateway) {
    this.admin = admin;
    this.gateway = gateway;
  }

  @Override
  public Optional<String> get() {
    if (token == null || System.nanoTime() - since > RENEWED_AFTER.toNanos()) {
      try {
        token = admin.logIn(gateway).token();
      } catch (UsageError failure) {
        // The old token may still be valid, and the gateway may be back at the next request.
        if (token == null) {
          throw new CommandFailure(ExitCode.USAGE, String.valueOf(failure.getMessage()));
        }
      }
      since = System.nanoTime();
    }
    return Optional.of(token);
  }
}
