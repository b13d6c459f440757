package io.tallyman.cli.task;

import io.tallyman.cli.gateway.Rejected;
import io.tallyman.cli.terminal.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of tasks. */
public final class Tasks {
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILURE", "REVOKED");

  private Tasks() {}

  public static String id(JsonNode task) {
    return task.path("task_id").asString("");
  }

  public static String status(JsonNode task) {
    return task.path("status").asString("");
  }

  public static boolean hasEnded(JsonNode task) {
    return ENDED.contains(status(task));
  }

  public static boolean hasSucceeded(JsonNode task) {
    return status(task).equals("SUCCESS");
  }

  /** Which billings or which file the task is about; empty if its parameters do not say it. */
  public static String about(JsonNode task) {
    JsonNode parameters = task.path("parameters");
    if (parameters.hasNonNull("billing_date")) {
      return parameters.get("billing_date").asString();
    }
    if (parameters.hasNonNull("from")) {
      return parameters.get("from").asString() + " to " + parameters.path("to").asString("");
    }
    if (parameters.hasNonNull("year")) {
      return parameters.get("year").asString();
    }
    return parameters.hasNonNull("bytes")
        ? "a file of " + Amount.bytes(parameters.get("bytes").asLong())
        : "";
  }

  /** What the task produced, or why it did not, in lines for people. */
  public static List<String> outcome(JsonNode task) {
    return switch (status(task)) {
      case "SUCCESS" -> result(task);
      case "FAILURE" -> List.of("The task failed. " + Rejected.inWords(task.path("error")));
      case "REVOKED" -> List.of("The task was cancelled.");
      default -> List.of("%s  %s".formatted(id(task), status(task)));
    };
  }

  private static List<String> result(JsonNode task) {
    JsonNode result = task.path("result");
    if (result.has("imported")) {
      return imported(task);
    }
    if (result.has("file_name")) {
      String totals = Amount.totals(result.path("totals"));
      return List.of(
          "%s: %s%s."
              .formatted(
                  result.get("file_name").asString(),
                  Amount.rows(result.path("rows").asLong()),
                  totals.isEmpty() ? "" : ", " + totals));
    }
    return List.of("The task succeeded: " + result);
  }

  private static List<String> imported(JsonNode task) {
    boolean checked = task.at("/parameters/mode").asString("").equals("validate");
    JsonNode result = task.path("result");
    List<String> lines = new ArrayList<>();
    lines.add(
        (checked ? "Checked, nothing was stored. " : "")
            + "%s: %s imported, %s refused, %s already there."
                .formatted(
                    Amount.rows(result.path("rows").asLong()),
                    Amount.count(result.path("imported").asLong()),
                    Amount.count(result.path("refused").asLong()),
                    Amount.count(result.path("duplicates").asLong())));
    result
        .path("warnings")
        .valueStream()
        .map(warning -> "Warning: " + warning.path("message").asString(""))
        .forEach(lines::add);
    return lines;
  }
}
