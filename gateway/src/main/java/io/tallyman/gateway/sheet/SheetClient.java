package io.tallyman.gateway.sheet;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import java.util.UUID;

/** The manifests of billing-service; what it refuses is thrown as it told it. */
@Client(id = "billing-service", path = "/sheets")
interface SheetClient {
  @Get("/{id}")
  Sheet show(UUID id);
}
