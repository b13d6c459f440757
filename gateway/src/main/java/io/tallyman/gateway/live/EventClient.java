package io.tallyman.gateway.live;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.live.event.TaskEvent;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.Services;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events from billing-service. */
@Client(id = Services.BILLING, path = "/internal")
interface EventClient {
  /** The maximum number of tasks in one call. */
  int MOST = 200;

  /**
   * @param after the last event of the task that is not wanted any more
   */
  @Serdeable
  record WantedTask(UUID taskId, int after) {}

  @Serdeable
  record Wanted(List<WantedTask> tasks) {}

  /**
   * @param events the events after the wanted one, in order, none of them later than the task; if
   *     there are very many, only the first of them
   */
  @Serdeable
  record ChangedTask(Task task, List<TaskEvent> events) {}

  /**
   * @param data the wanted tasks that exist, in any order
   */
  @Serdeable
  record Found(List<ChangedTask> data) {}

  @Serdeable
  record Position(UUID taskId, int seq) {}

  /**
   * @param data which events there are, ordered by time
   * @param now the time of the database
   * @param next where to read on; null if these are all events
   */
  @Serdeable
  record Recent(List<Position> data, Instant now, @Nullable Instant next) {}

  @Post("/task-event-batches")
  Found read(@Body Wanted wanted);

  /**
   * @param since inclusive; null asks for the time only
   */
  @Get("/recent-events")
  Recent recent(@Nullable @QueryValue Instant since);
}
