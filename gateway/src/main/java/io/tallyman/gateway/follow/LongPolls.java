package io.tallyman.gateway.follow;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import io.tallyman.kit.idempotency.IdempotencyKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers requests that wait for the end of a task. */
@Singleton
final class LongPolls {
  private static final String PREFERENCE_APPLIED = "Preference-Applied";

  private final TaskClient tasks;
  private final FollowedTasks followed;

  LongPolls(TaskClient tasks, FollowedTasks followed) {
    this.tasks = tasks;
    this.followed = followed;
  }

  /**
   * Reads the task, and answers when it has ended or the time is over. If too many requests are
   * waiting already, it answers immediately, without {@code Preference-Applied}.
   */
  CompletionStage<? extends HttpResponse<LinkedTask>> answer(
      UUID id, WaitPreference wait, HttpRequest<?> client) {
    return followed
        .follow(id, Duration.ofSeconds(wait.seconds()))
        .map(end -> look(id, client, end).thenApply(task -> answer(task, wait)))
        .orElseGet(() -> CompletableFuture.completedFuture(LinkedTask.shown(tasks.show(id))));
  }

  /**
   * Answers 200 when a task that was just submitted has ended, or 202 with its current state when
   * the time is over. If too many requests are waiting already, it answers as if the client did not
   * want to wait.
   *
   * @param accepted the answer to a client that does not wait
   */
  CompletionStage<? extends HttpResponse<LinkedTask>> answer(
      Task submitted,
      HttpResponse<LinkedTask> accepted,
      WaitPreference wait,
      HttpRequest<?> client) {
    return followed
        .follow(submitted.taskId(), Duration.ofSeconds(wait.seconds()))
        .<CompletionStage<? extends HttpResponse<LinkedTask>>>map(
            end -> {
              endWithConnection(client, end, submitted);
              if (client.getHeaders().contains(IdempotencyKey.HEADER)) {
                // An earlier request may have submitted it, long ago.
                followed.changed(submitted.taskId());
              }
              return end.thenApply(
                  task -> LinkedTask.waited(task).header(PREFERENCE_APPLIED, wait.applied()));
            })
        .orElseGet(() -> CompletableFuture.completedFuture(accepted));
  }

  private CompletableFuture<Task> look(
      UUID id, HttpRequest<?> client, CompletableFuture<Task> end) {
    try {
      Task now = tasks.show(id);
      if (now.status().isEnd()) {
        end.complete(now);
      } else {
        endWithConnection(client, end, now);
      }
      return end;
    } catch (RuntimeException refusal) {
      end.cancel(false);
      throw refusal;
    }
  }

  /**
   * Only the connection, which is Netty's, tells that a client has disconnected; the framework does
   * not. LongPollTest fails if the framework's request no longer leads to the connection.
   */
  private static void endWithConnection(
      HttpRequest<?> client, CompletableFuture<Task> end, Task now) {
    if (client instanceof NettyHttpRequest<?> request) {
      ChannelFuture closed = request.getChannelHandlerContext().channel().closeFuture();
      ChannelFutureListener forget = _ -> end.complete(now);
      closed.addListener(forget);
      // The connection may serve many more requests.
      var _ = end.whenComplete((_, _) -> closed.removeListener(forget));
    }
  }

  private static HttpResponse<LinkedTask> answer(Task task, WaitPreference wait) {
    return LinkedTask.shown(task).header(PREFERENCE_APPLIED, wait.applied());
  }
}
