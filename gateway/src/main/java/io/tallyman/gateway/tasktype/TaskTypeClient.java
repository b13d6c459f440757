package io.tallyman.gateway.tasktype;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;

/** The task types of billing-service. */
@Client(id = "billing-service", path = "/task-types")
interface TaskTypeClient {
  @Get
  TaskType.TypeList list();
}
