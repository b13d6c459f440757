package io.tallyman.cli.task;

import io.tallyman.cli.terminal.Amount;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The progress of one task in one line, with the rate and the time left of the current step. */
final class ProgressText {
  private static final Duration LEAST = Duration.ofMillis(900);

  /** In this phase the numbers do not change. */
  private static final String UNCOUNTED = "applying";

  private String step = "";
  private long first;
  private Instant since = Instant.EPOCH;

  /** What the task does now. A change of it is worth a line of its own. */
  static String step(JsonNode task) {
    return "%s %s %s"
        .formatted(
            Tasks.status(task),
            task.path("attempt").asString(""),
            task.at("/progress/phase").asString(""));
  }

  String line(JsonNode task, Instant now) {
    return switch (Tasks.status(task)) {
      case "PENDING" -> waiting(task);
      case "RETRY" ->
          "RETRY: attempt %d of %d ended. The next one starts soon. %s"
              .formatted(
                  task.path("attempt").asInt(),
                  task.path("max_attempts").asInt(),
                  task.at("/error/title").asString(""))
              .strip();
      default -> running(task, now);
    };
  }

  private static String waiting(JsonNode task) {
    JsonNode position = task.path("queue_position");
    return position.isNumber() && position.asLong() > 0
        ? "PENDING: %s tasks start before this one".formatted(Amount.count(position.asLong()))
        : "PENDING: waiting for a worker";
  }

  private String running(JsonNode task, Instant now) {
    JsonNode progress = task.path("progress");
    if (!progress.isObject()) {
      return "STARTED";
    }
    long done = progress.path("done").asLong();
    if (!step(task).equals(step)) {
      step = step(task);
      first = done;
      since = now;
    }
    String phase = progress.path("phase").asString("");
    String unit = progress.path("unit").asString("");
    if (phase.equals(UNCOUNTED)) {
      return phase;
    }
    long total = progress.path("total").asLong(0);
    if (total <= 0) {
      return "%s: %s%s".formatted(phase, amount(done, unit), rate(done, now));
    }
    return "%s %s, %s of %s%s%s"
        .formatted(
            phase,
            Amount.bar(done, total),
            unit.equals("bytes") ? Amount.bytes(done) : Amount.count(done),
            amount(total, unit),
            rate(done, now),
            left(done, total, now));
  }

  private static String amount(long number, String unit) {
    return unit.equals("bytes") ? Amount.bytes(number) : Amount.count(number) + " " + unit;
  }

  private String rate(long done, Instant now) {
    long millis = Duration.between(since, now).toMillis();
    return done > first && millis >= LEAST.toMillis()
        ? ", %s/s".formatted(Amount.count((done - first) * 1_000 / millis))
        : "";
  }

  private String left(long done, long total, Instant now) {
    long millis = Duration.between(since, now).toMillis();
    return done > first && millis >= LEAST.toMillis() && total > done
        ? ", %s left"
            .formatted(Amount.time(Duration.ofMillis(millis * (total - done) / (done - first))))
        : "";
  }
}
