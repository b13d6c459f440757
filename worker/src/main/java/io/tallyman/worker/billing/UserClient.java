package io.tallyman.worker.billing;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * The users of user-service. What keeps it from answering comes as an {@link
 * io.micronaut.http.client.exceptions.HttpClientException}.
 */
@Client(id = "user-service", path = "/users")
interface UserClient {
  /** As many as user-service finds at once. */
  int MOST = 200;

  /**
   * @param ids at most {@value #MOST}, with commas between them
   */
  @Get
  Chosen choose(@QueryValue String ids);

  /**
   * @param data those that there are
   */
  @Serdeable
  record Chosen(List<User> data) {}

  @Serdeable
  record User(long id, String username, String name) {}
}
