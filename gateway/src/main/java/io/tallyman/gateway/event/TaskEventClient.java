package io.tallyman.gateway.event;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import java.util.UUID;

@Client(id = "billing-service", path = "/tasks")
interface TaskEventClient {
  @Get("/{id}/events")
  TaskEvents show(UUID id);
}
