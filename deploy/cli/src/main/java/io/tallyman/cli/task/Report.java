package io.tallyman.cli.task;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.terminal.ExitCode;
import io.tallyman.cli.terminal.Screen;
import tools.jackson.databind.JsonNode;

/** Prints tasks: as JSON, or in words. */
public final class Report {
  private Report() {}

  /**
   * Prints an ended task.
   *
   * @return the exit code
   */
  public static int ended(JsonNode task, ClientOptions options) {
    Screen screen = options.screen();
    boolean succeeded = Tasks.hasSucceeded(task);
    if (options.json()) {
      screen.print(task.toString());
    } else {
      Tasks.outcome(task).forEach(succeeded ? screen::print : screen::note);
    }
    return succeeded ? ExitCode.SUCCESS : ExitCode.TASK_FAILED;
  }

  /** Prints a task that nobody waits for: its id, so that a script can go on with it. */
  public static int accepted(JsonNode task, ClientOptions options) {
    options.screen().print(options.json() ? task.toString() : Tasks.id(task));
    if (!options.json()) {
      options.screen().note("To watch it: " + options.command("watch " + Tasks.id(task)));
    }
    return ExitCode.SUCCESS;
  }
}
