package io.tallyman.gateway.intake;

import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.Services;
import java.util.UUID;

/**
 * Retries and undoes imports of billing-service, and lists their duplicates. If the service rejects
 * a request, its problem is thrown.
 */
@Client(id = Services.BILLING, path = "/imports")
interface ImportClient {
  @Post("/{id}/retry")
  Task retry(UUID id, @RequestBean FileOptions options);

  @Post("/{id}/undo")
  Task undo(UUID id);

  @Post("/{id}/duplicates")
  Task duplicates(UUID id, @RequestBean SheetOptions sheet);
}
