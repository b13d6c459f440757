package io.tallyman.cli.task;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a command waits for the end of a task. */
public final class WaitOptions {
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "The longest wait. Then the exit code is 6, and the task goes on.")
  private @Nullable Integer timeout;

  public TaskWait on(ClientOptions options, Gateway gateway) {
    if (timeout != null && timeout < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--timeout must not be negative.");
    }
    return new TaskWait(
        options, gateway, Optional.ofNullable(timeout).map(seconds -> Duration.ofSeconds(seconds)));
  }
}
