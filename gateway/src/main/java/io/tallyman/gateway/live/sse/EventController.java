package io.tallyman.gateway.live.sse;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.gateway.request.Api;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The events of all tasks that match the filters of {@code GET /tasks}. */
@Controller(Api.V1 + "/events")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class EventController {
  private final Streams streams;

  EventController(Streams streams) {
    this.streams = streams;
  }

  /**
   * @param ticket was used already, to find the sender
   */
  @Get
  @Produces(MediaType.TEXT_EVENT_STREAM)
  CompletionStage<? extends HttpResponse<?>> stream(
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String task,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue("submitted_by") Long submittedBy,
      @Nullable @QueryValue String ticket,
      HttpRequest<?> request) {
    TaskFilter filter = TaskFilter.of("?", status, task, from, to, submittedBy);
    return streams.answer(request, false, session -> session.follow("", filter));
  }
}
