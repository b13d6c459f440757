package io.tallyman.standalone.client;

import io.tallyman.standalone.stack.Services;
import io.tallyman.standalone.stack.Stack;
import java.time.Duration;
import java.time.Instant;

/** Polls tasks until they end, and shows their progress. */
public record TaskWatch(Stack stack, GatewayClient client, ProgressLine line) {
  private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * Returns the task that succeeded.
   *
   * @param what a description of the task for the progress line
   * @throws TaskFailure if the task ended with another status, or has not ended after ten minutes
   */
  public GatewayTask awaitSuccess(GatewayTask accepted, String what) {
    Instant deadline = Instant.now().plus(PATIENCE);
    GatewayTask task = accepted;
    while (!task.hasEnded()) {
      line.show(what + ": " + task.describe());
      if (Instant.now().isAfter(deadline)) {
        throw failure(task, "has not ended after " + PATIENCE.toMinutes() + " minutes");
      }
      pause();
      task = client.task(task.taskId());
    }
    if (!task.hasSucceeded()) {
      throw failure(task, "ended with status " + task.status() + reason(task));
    }
    return task;
  }

  private TaskFailure failure(GatewayTask task, String end) {
    return new TaskFailure(
        stack.whoLogged(task.taskId()),
        "had the task %s (%s), which %s".formatted(task.taskId(), task.task(), end));
  }

  private static String reason(GatewayTask task) {
    GatewayTask.Problem error = task.error();
    return error == null ? "" : " (%s: %s)".formatted(error.title(), error.detail());
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_POLLS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailure(
          Services.GATEWAY, "was not polled any more, because the launcher stopped", e);
    }
  }
}
