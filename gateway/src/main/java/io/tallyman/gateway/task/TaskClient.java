package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import java.util.UUID;

/** The tasks of billing-service; what it refuses is thrown as it told it. */
@Client(id = "billing-service", path = "/tasks")
public interface TaskClient {
  @Post
  Task submit(@Body NewTask task);

  @Get("/{id}")
  Task show(UUID id);

  @Post("/{id}/cancel")
  Task cancel(UUID id);

  @Post("/{id}/retry")
  Task retry(UUID id);
}
