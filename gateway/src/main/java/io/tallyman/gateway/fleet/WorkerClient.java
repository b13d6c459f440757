package io.tallyman.gateway.fleet;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;

/** The workers that billing-service knows. */
@Client(id = "billing-service", path = "/workers")
interface WorkerClient {
  @Get
  LiveWorkers list();
}
