package io.tallyman.gateway.task;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The task types of billing-service. */
@Client(id = Services.BILLING, path = "/task-types")
interface TaskTypeClient {
  @Get
  TaskType.TypeList list();
}
