package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.terminal.TextTable;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "workers",
    description = "List the workers that are alive, and the tasks that they run.")
final class WorkersCommand implements Callable<Integer> {
  @Mixin private final ClientOptions options;

  WorkersCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    JsonNode workers = options.open().get("workers");
    if (options.json()) {
      options.screen().print(workers.toString());
      return 0;
    }
    TextTable table = new TextTable("WORKER", "FREE", "SLOTS", "RUNS");
    for (JsonNode worker : workers.path("data")) {
      table.add(
          worker.path("id").asString(""),
          worker.path("free_slots").asString(""),
          worker.path("slots").asString(""),
          running(worker));
    }
    table.lines().forEach(options.screen()::print);
    return 0;
  }

  private static String running(JsonNode worker) {
    return worker
        .path("running")
        .valueStream()
        .map(one -> one.path("task").asString("") + " " + one.path("task_id").asString(""))
        .collect(Collectors.joining(", "));
  }
}
