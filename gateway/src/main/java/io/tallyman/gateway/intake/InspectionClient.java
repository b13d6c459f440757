package io.tallyman.gateway.intake;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.gateway.upstream.Services;
import org.jspecify.annotations.Nullable;

/** Inspects files at a worker. If the worker rejects a file, its problem is thrown. */
@Client(id = Services.WORKER, path = "/internal/inspections")
interface InspectionClient {
  /**
   * @param complete whether the bytes are the whole file
   * @param options the known options, as JSON; null if there are none
   * @param beginning at most the first MiB of the file
   */
  @Post
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  JsonNode inspect(
      @QueryValue boolean complete, @Nullable @QueryValue String options, @Body byte[] beginning);
}
