package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tasks of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/tasks")
public interface TaskClient {
  @Post
  Task submit(@Body NewTask task);

  @Get
  Page<Task> list(
      @RequestBean TaskQuery filter,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/count")
  JsonNode count(@RequestBean TaskQuery filter);

  @Post("/cancel")
  Task cancelAll(@Body ChosenTasks filter);

  @Post("/retry")
  Task retryAll(@Body ChosenTasks filter);

  @Get("/{id}")
  Task show(UUID id);

  @Post("/{id}/cancel")
  Task cancel(UUID id);

  @Post("/{id}/retry")
  Task retry(UUID id);
}
