package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.sheet.OutputOptions;
import io.tallyman.cli.task.Report;
import io.tallyman.cli.task.TaskWait;
import io.tallyman.cli.task.WaitOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "watch", description = "Wait for the end of a task, and show its progress.")
final class WatchCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;
  @Mixin private final WaitOptions waiting = new WaitOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "ID", description = "The id of the task.")
  private String id = "";

  WatchCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    output.check();
    Gateway gateway = options.open();
    TaskWait wait = waiting.on(options, gateway);
    JsonNode task = gateway.task(id, Duration.ZERO);
    JsonNode ended = wait.untilEnd(task);
    return output.isGiven()
        ? new Delivery(options, gateway, output).of(ended)
        : Integer.valueOf(Report.ended(ended, options));
  }
}
