package io.tallyman.gateway.fleet;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The workers that billing-service knows. */
@Client(id = Services.BILLING, path = "/workers")
interface WorkerClient {
  @Get
  LiveWorkers list();
}
