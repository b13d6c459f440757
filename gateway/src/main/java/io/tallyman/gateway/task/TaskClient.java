package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
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
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String task,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue("submitted_by") String submittedBy,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/{id}")
  Task show(UUID id);

  @Post("/{id}/cancel")
  Task cancel(UUID id);

  @Post("/{id}/retry")
  Task retry(UUID id);
}
