package io.tallyman.gateway.sheet;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.page.Page;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The manifests of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/sheets")
interface SheetClient {
  @Get
  Page<Sheet> list(
      @Nullable @QueryValue("task_id") String taskId,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      @Nullable @QueryValue String limit,
      @Nullable @QueryValue String cursor);

  @Get("/{id}")
  Sheet show(UUID id);
}
