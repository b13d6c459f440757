package io.tallyman.gateway.intake;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What billing-service knows about the options of a file. If it rejects one, its problem is thrown.
 */
@Client(id = Services.BILLING, path = "/internal")
interface InspectionOptionsClient {
  /** The options as a worker reads them, with those of the profile. */
  @Get("/import-options")
  JsonNode read(@RequestBean FileOptions options, @Nullable @QueryValue String profile);

  /** The profiles for files with a header, ordered by name. */
  @Post("/import-profiles/matches")
  Matches matches(@Body Header header);

  /**
   * @param header the names of the columns of a file, in their order
   */
  @Serdeable
  record Header(List<String> header) {}

  @Serdeable
  record Matches(List<Profile> data) {}

  @Serdeable
  record Profile(String name) {}
}
