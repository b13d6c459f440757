package io.tallyman.gateway.live.sse;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.session.HiddenTask;
import io.tallyman.gateway.live.session.Viewer;
import io.tallyman.gateway.live.session.Visibility;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import io.tallyman.gateway.upstream.Services;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The events of a task: as a list, or as a stream that goes on until the task has ended. */
@Controller(Api.V1 + "/tasks/{id}/events")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class TaskEventController {
  private final BillingService billingService;
  private final TaskClient tasks;
  private final Streams streams;
  private final Visibility visibility;

  TaskEventController(
      BillingService billingService, TaskClient tasks, Streams streams, Visibility visibility) {
    this.billingService = billingService;
    this.tasks = tasks;
    this.streams = streams;
    this.visibility = visibility;
  }

  @Client(id = Services.BILLING, path = "/tasks")
  interface BillingService {
    @Get("/{id}/events")
    JsonNode show(UUID id);
  }

  /**
   * The client chooses with {@code Accept}; a list is the default.
   *
   * @param ticket was used already, to find the sender
   */
  @Get
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  CompletionStage<? extends HttpResponse<?>> show(
      UUID id, @Nullable @QueryValue String ticket, HttpRequest<?> request) {
    return wantsStream(request)
        ? stream(id, request)
        : CompletableFuture.completedFuture(
            HttpResponse.ok(billingService.show(id)).contentType(MediaType.APPLICATION_JSON_TYPE));
  }

  /** A generated client accepts everything that the contract names, and expects the list. */
  private static boolean wantsStream(HttpRequest<?> request) {
    Collection<MediaType> accepted = request.accept();
    return accepted.contains(MediaType.TEXT_EVENT_STREAM_TYPE)
        && !accepted.contains(MediaType.APPLICATION_JSON_TYPE);
  }

  private CompletionStage<? extends HttpResponse<?>> stream(UUID id, HttpRequest<?> request) {
    Task task = tasks.show(id);
    if (!visibility.sees(Viewer.of(request), Subject.of(task))) {
      throw new HiddenTask(id);
    }
    int after = after(request.getHeaders().get("Last-Event-ID"), task);
    return task.status().isEnd() && after == task.seq()
        ? CompletableFuture.completedFuture(HttpResponse.noContent())
        : streams.answer(
            request, true, session -> session.follow("", List.of(id), Map.of(id, after)));
  }

  /** The last event that the client has; 0 if it has none, or one that the task does not have. */
  private static int after(@Nullable String lastEventId, Task task) {
    if (lastEventId == null || !lastEventId.matches("[0-9]{1,9}")) {
      return 0;
    }
    int seq = Integer.parseInt(lastEventId);
    return seq <= task.seq() ? seq : 0;
  }
}
