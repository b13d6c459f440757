package io.tallyman.cli.command;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Session;
import io.tallyman.cli.task.Tasks;
import io.tallyman.cli.terminal.TextTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "tasks", description = "List tasks, the newest first.")
final class TasksCommand implements Callable<Integer> {
  private static final int SECONDS = 19;

  @Mixin private final ClientOptions options;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only tasks with this status, such as FAILURE; -SUCCESS excludes one.")
  private @Nullable String status;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only tasks of this type, such as billing.sheet; -billing.sheet excludes one.")
  private @Nullable String type;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many tasks, up to 200. The default is 20.")
  private int limit = 20;

  TasksCommand(Session session) {
    options = new ClientOptions(session);
  }

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    if (status != null) {
      query.put("status", status);
    }
    if (type != null) {
      query.put("task", type);
    }
    query.put("limit", Integer.toString(limit));
    JsonNode page = options.open().get("tasks" + Gateway.query(query));
    if (options.json()) {
      options.screen().print(page.toString());
      return 0;
    }
    TextTable table = new TextTable("ID", "STATUS", "TYPE", "SUBMITTED (UTC)", "ABOUT", "NOTE");
    page.path("data").valueStream().forEach(task -> add(table, task));
    table.lines().forEach(options.screen()::print);
    return 0;
  }

  private static void add(TextTable table, JsonNode task) {
    String submitted = task.path("created_at").asString("");
    table.add(
        Tasks.id(task),
        Tasks.status(task),
        task.path("task").asString(""),
        submitted.substring(0, Math.min(SECONDS, submitted.length())).replace('T', ' '),
        Tasks.about(task),
        note(task));
  }

  private static String note(JsonNode task) {
    long done = task.at("/progress/done").asLong(0);
    long total = task.at("/progress/total").asLong(0);
    return switch (Tasks.status(task)) {
      case "STARTED" -> total > 0 ? done * 100 / total + "%" : "";
      case "RETRY", "FAILURE" -> task.at("/error/title").asString("");
      default -> "";
    };
  }
}
