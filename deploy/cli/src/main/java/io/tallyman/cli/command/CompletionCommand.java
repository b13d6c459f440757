package io.tallyman.cli.command;

import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = "Print a script that completes commands and options in bash or zsh.")
public final class CompletionCommand implements Callable<Integer> {
  /** The commands of the launcher, which is another program, with their options. */
  public static final Map<String, List<String>> LAUNCHER =
      Map.of(
          "demo", List.of("--port", "--workers", "--data"),
          "up", List.of("--port", "--workers", "--data", "--no-samples"),
          "down", List.of("--data"),
          "status", List.of("--data"),
          "reset", List.of("--data"),
          "bench", List.of("--help"),
          "example", List.of());

  private static final String NAME = "tallyman";
  private static final Set<String> SHELLS = Set.of("bash", "zsh");
  private static final Set<String> FLAGS = Set.of("--no-samples", "--help");

  private final Session session;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new CommandFailure(ExitCode.USAGE, "Completion is for bash or zsh.");
    }
    CommandLine all = Commands.commandLine(session);
    LAUNCHER.forEach((name, options) -> all.addSubcommand(name, launcher(options)));
    // In zsh, the script switches bash's way of completion on.
    session.screen().out().print(AutoComplete.bash(NAME, all));
    return ExitCode.SUCCESS;
  }

  private static CommandSpec launcher(List<String> options) {
    CommandSpec spec = CommandSpec.create();
    options.forEach(
        name ->
            spec.addOption(
                OptionSpec.builder(name).arity(FLAGS.contains(name) ? "0" : "1").build()));
    return spec;
  }
}
