package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.task.Tasks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "cancel", description = "Cancel a task that waits or runs.")
final class CancelCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;

  @Parameters(paramLabel = "ID", description = "The id of the task.")
  private String id = "";

  CancelCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    JsonNode task = options.open().post("tasks/%s/cancel".formatted(Gateway.encoded(id)));
    options
        .screen()
        .print(
            options.json()
                ? task.toString()
                : "The task %s is cancelled.".formatted(Tasks.id(task)));
    return 0;
  }
}
