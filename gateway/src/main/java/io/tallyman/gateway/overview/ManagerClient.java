package io.tallyman.gateway.overview;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The managers of vendors in billing-service, which does not know whether these users exist. */
@Client(id = Services.BILLING, path = "/managers")
interface ManagerClient {
  @Get("/{id}/payables")
  ManagedPayables payables(long id);
}
