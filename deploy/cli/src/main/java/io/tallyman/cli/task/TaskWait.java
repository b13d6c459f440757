package io.tallyman.cli.task;

import io.tallyman.cli.gateway.ClientOptions;
import io.tallyman.cli.gateway.Gateway;
import io.tallyman.cli.gateway.Rejected;
import io.tallyman.cli.gateway.Unreachable;
import io.tallyman.cli.terminal.CommandFailure;
import io.tallyman.cli.terminal.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Waits for the end of one task and shows its progress. Each request is answered when the task has
 * ended, or after a second. So nothing is missed if a connection is lost, and the gateway may be
 * away for a while. Ctrl-C ends the wait and not the task.
 */
public final class TaskWait {
  private static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(1);
  private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);

  private final ClientOptions options;
  private final Gateway gateway;
  private final Optional<Duration> most;
  private final ProgressText text = new ProgressText();

  private Instant answered = Instant.EPOCH;
  private boolean away;

  /**
   * @param most how long to wait; empty if the wait has no end
   */
  public TaskWait(ClientOptions options, Gateway gateway, Optional<Duration> most) {
    this.options = options;
    this.gateway = gateway;
    this.most = most;
  }

  /**
   * Returns the task with its end status.
   *
   * @throws CommandFailure if the time is over, or if the gateway is away for two minutes
   */
  public JsonNode untilEnd(JsonNode accepted) {
    String id = Tasks.id(accepted);
    Thread onInterrupt = new Thread(() -> options.screen().note(goesOn(id)), "on-interrupt");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      return poll(accepted, id);
    } finally {
      stopListening(onInterrupt);
    }
  }

  private JsonNode poll(JsonNode accepted, String id) {
    answered = Instant.now();
    Optional<Instant> deadline = most.map(answered::plus);
    JsonNode task = accepted;
    while (!Tasks.hasEnded(task)) {
      Instant now = Instant.now();
      if (deadline.isPresent() && !now.isBefore(deadline.orElseThrow())) {
        throw new CommandFailure(ExitCode.NOT_ENDED, "The time is over. " + goesOn(id));
      }
      if (!away) {
        options.screen().progress(ProgressText.step(task), text.line(task, now));
      }
      task = next(task, id);
      Duration rest = BETWEEN_ANSWERS.minus(Duration.between(now, Instant.now()));
      if (!Tasks.hasEnded(task) && rest.isPositive()) {
        gateway.pause(rest);
      }
    }
    return task;
  }

  private JsonNode next(JsonNode task, String id) {
    try {
      JsonNode next = gateway.task(id, BETWEEN_ANSWERS);
      answered = Instant.now();
      away = false;
      return next;
    } catch (Unreachable e) {
      return afterOutage(task, id, String.valueOf(e.getMessage()));
    } catch (Rejected e) {
      if (!e.isPassing()) {
        throw e;
      }
      return afterOutage(task, id, String.valueOf(e.getMessage()));
    }
  }

  private JsonNode afterOutage(JsonNode task, String id, String reason) {
    if (answered.plus(LONGEST_OUTAGE).isBefore(Instant.now())) {
      throw new CommandFailure(ExitCode.UNREACHABLE, reason + " " + goesOn(id));
    }
    away = true;
    options.screen().progress("away", reason + " Trying again …");
    return task;
  }

  private String goesOn(String id) {
    return "The task goes on. To watch it: " + options.command("watch " + id);
  }

  private static void stopListening(Thread onInterrupt) {
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is being stopped, and the thread runs.
    }
  }
}
