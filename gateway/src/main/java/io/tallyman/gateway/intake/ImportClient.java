package io.tallyman.gateway.intake;

import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.upstream.Services;
import java.util.UUID;

/** What billing-service does with imports; what it refuses is thrown as it told it. */
@Client(id = Services.BILLING, path = "/imports")
interface ImportClient {
  @Post("/{id}/undo")
  Task undo(UUID id);
}
