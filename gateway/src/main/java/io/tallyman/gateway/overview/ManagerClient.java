package io.tallyman.gateway.overview;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** What billing-service knows of those who manage vendors; it does not know whether they exist. */
@Client(id = Services.BILLING, path = "/managers")
interface ManagerClient {
  @Get("/{id}/payables")
  ManagedPayables payables(long id);
}
