package io.tallyman.cli.command;

import io.tallyman.cli.gateway.Rejected;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.gateway.Unreachable;
import io.tallyman.cli.intake.FileOption;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** All client commands. */
@Command(name = "./tallyman", description = "Works with a running Tallyman.")
public final class Commands {
  private Commands() {}

  /** Runs a command line and returns the exit code. */
  public static int run(Session session, String... arguments) {
    return commandLine(session).execute(arguments);
  }

  static CommandLine commandLine(Session session) {
    CommandLine imports = new CommandLine(new ImportCommand(session));
    FileOption.addTo(imports.getCommandSpec());
    CommandLine all =
        new CommandLine(new Commands())
            .addSubcommand(new SheetCommand(session))
            .addSubcommand(imports)
            .addSubcommand(new TasksCommand(session))
            .addSubcommand(new WatchCommand(session))
            .addSubcommand(new CancelCommand(session))
            .addSubcommand(new RetryCommand(session))
            .addSubcommand(new WorkersCommand(session))
            .addSubcommand(new LoginCommand(session))
            .addSubcommand(new LogoutCommand(session))
            .addSubcommand(new TokenCommand(session))
            .addSubcommand(new CompletionCommand(session));
    all.getSubcommands().values().forEach(command -> command.getCommandSpec().addOption(help()));
    return all.setOut(new PrintWriter(session.screen().out(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((e, arguments) -> wrong(session, e))
        .setExecutionExceptionHandler((e, command, parsed) -> failed(session, e));
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build();
  }

  private static int wrong(Session session, ParameterException e) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    session.screen().note("tallyman: %s. %s --help explains it.".formatted(e.getMessage(), name));
    return ExitCode.USAGE;
  }

  private static int failed(Session session, Exception e) throws Exception {
    int exitCode =
        switch (e) {
          case CommandFailure failure -> failure.exitCode();
          case Unreachable unreachable -> ExitCode.UNREACHABLE;
          case Rejected rejected -> rejected.isPassing() ? ExitCode.UNREACHABLE : ExitCode.REJECTED;
          default -> throw e;
        };
    session.screen().note("tallyman: " + e.getMessage());
    return exitCode;
  }
}
