package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.task.Report;
import io.tallyman.cli.task.TaskWait;
import io.tallyman.cli.task.WaitOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "retry",
    description = "Run a failed or cancelled task again, as a new task with a new id.")
final class RetryCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;
  @Mixin private final WaitOptions waiting = new WaitOptions();

  @Parameters(paramLabel = "ID", description = "The id of the task.")
  private String id = "";

  @Option(names = "--no-wait", description = "Print the id of the new task, and do not wait.")
  private boolean noWait;

  RetryCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    Gateway gateway = options.open();
    TaskWait wait = waiting.on(options, gateway);
    JsonNode task = gateway.post("tasks/%s/retry".formatted(Gateway.encoded(id)));
    if (noWait) {
      return Report.accepted(task, options);
    }
    return Report.ended(wait.untilEnd(task), options);
  }
}
