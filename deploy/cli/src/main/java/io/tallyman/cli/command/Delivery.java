package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.sheet.OutputOptions;
import io.tallyman.cli.task.Report;
import io.tallyman.cli.task.Tasks;
import io.tallyman.cli.terminal.CommandFailure;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Downloads the sheet of an ended task, and prints how the task ended. */
record Delivery(ClientOptions options, Gateway gateway, OutputOptions output) {
  /** Returns the exit code. */
  Integer of(JsonNode task) {
    JsonNode sheet = task.at("/result/sheet_id");
    if (!Tasks.hasSucceeded(task) || !sheet.isString()) {
      return Report.ended(task, options);
    }
    Path file = download(task, sheet.asString());
    if (output.isStandardOutput()) {
      Tasks.outcome(task).forEach(options.screen()::note);
      return 0;
    }
    int exit = Report.ended(task, options);
    options.screen().note("Written to %s. Its SHA-256 is correct.".formatted(file));
    return exit;
  }

  private Path download(JsonNode task, String sheetId) {
    try {
      String name = task.at("/result/file_name").asString(sheetId + ".csv");
      Path file = output.download(gateway, options.screen(), sheetId, name);
      return file == null ? Path.of("-") : file;
    } catch (CommandFailure e) {
      throw new CommandFailure(
          e.exitCode(),
          "%s%nThe sheet is ready. To download it: %s"
              .formatted(e.getMessage(), options.command("watch " + Tasks.id(task) + " -o FILE")));
    }
  }
}
