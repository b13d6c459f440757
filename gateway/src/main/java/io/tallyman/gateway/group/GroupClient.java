package io.tallyman.gateway.group;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;
import java.util.UUID;

/** The groups of billing-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.BILLING, path = "/task-groups")
public interface GroupClient {
  @Post
  Group submit(@Body NewGroup group);

  @Get("/{id}")
  Group show(UUID id);

  @Post("/{id}/cancel")
  Group cancel(UUID id);
}
