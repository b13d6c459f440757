package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "token",
    description = "Print the token that the other commands send, for programs such as curl.")
final class TokenCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;

  TokenCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    String token =
        options
            .token()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "There is no token. First log in with %s."
                            .formatted(options.command("login"))));
    options.screen().print(token);
    return ExitCode.SUCCESS;
  }
}
