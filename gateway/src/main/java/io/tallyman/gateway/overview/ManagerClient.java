package io.tallyman.gateway.overview;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;

/** What billing-service knows of those who manage vendors; it does not know whether they exist. */
@Client(id = "billing-service", path = "/managers")
interface ManagerClient {
  @Get("/{id}/payables")
  ManagedPayables payables(long id);
}
