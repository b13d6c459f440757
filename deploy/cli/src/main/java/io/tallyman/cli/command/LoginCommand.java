package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    description = "Log in at a gateway, so that later commands need no password.")
final class LoginCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin private final ClientOptions options;

  @Option(names = "--username", paramLabel = "NAME", description = "The user. It is asked for.")
  private @Nullable String username;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the password; - is standard input. On a terminal, the"
              + " password is asked for.")
  private @Nullable String passwordFile;

  LoginCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    Screen screen = options.screen();
    if (username == null && (!screen.isInteractive() || STANDARD_INPUT.equals(passwordFile))) {
      throw new CommandFailure(ExitCode.USAGE, "Name the user with --username.");
    }
    String name = username == null ? screen.ask("Username: ") : username;
    options.login().begin(name, password(screen));
    screen.note(
        "You are logged in as %s. %s ends the login.".formatted(name, options.command("logout")));
    return ExitCode.SUCCESS;
  }

  private String password(Screen screen) {
    if (passwordFile == null) {
      return screen.askSecretly("Password: ");
    }
    if (passwordFile.equals(STANDARD_INPUT)) {
      return screen.ask("");
    }
    try {
      return Files.readString(Path.of(passwordFile)).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "The file %s cannot be read.".formatted(passwordFile));
    }
  }
}
