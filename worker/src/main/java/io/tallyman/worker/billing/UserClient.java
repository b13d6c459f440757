package io.tallyman.worker.billing;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client for the users of user-service. A failed call throws an {@link
 * io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = "user-service", path = "/internal/users")
interface UserClient {
  /** The most ids that user-service accepts in one call. */
  int MOST = 200;

  /**
   * @param ids at most {@value #MOST} ids, separated by commas
   * @return null if user-service does not know this call, as an older release of it
   */
  @Get
  @Nullable Chosen choose(@QueryValue String ids);

  /**
   * @param data the users that exist, in no particular order
   */
  @Serdeable
  record Chosen(List<User> data) {}

  @Serdeable
  record User(long id, String username, String name) {}
}
