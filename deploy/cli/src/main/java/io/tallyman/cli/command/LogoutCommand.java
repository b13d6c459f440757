package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "logout", description = "End the login of ./tallyman login.")
final class LogoutCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;

  LogoutCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    boolean ended = options.login().end();
    options.screen().note(ended ? "You are logged out." : "You were not logged in.");
    return ExitCode.SUCCESS;
  }
}
