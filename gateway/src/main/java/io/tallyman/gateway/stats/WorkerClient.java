package io.tallyman.gateway.stats;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The live workers of billing-service. */
@Client(id = Services.BILLING, path = "/workers")
interface WorkerClient {
  @Get
  LiveWorkers list();
}
