package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import java.util.UUID;

@Client(id = Services.BILLING, path = "/tasks")
interface TaskEventClient {
  @Get("/{id}/events")
  TaskEvents show(UUID id);
}
