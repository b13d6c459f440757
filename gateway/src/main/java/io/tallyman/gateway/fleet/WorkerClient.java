package io.tallyman.gateway.fleet;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;

/** The live workers of billing-service. */
@Client(id = "billing-service", path = "/workers")
interface WorkerClient {
  @Get
  LiveWorkers list();
}
