package io.tallyman.gateway.oidc;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;
import java.util.List;

/** Has user-service begin the sessions of users of the provider. */
@Client(id = Services.USER, path = "/internal/provider-sessions")
interface ProviderClient {
  /**
   * The problem of user-service is thrown if it does not accept the login, such as for a user
   * without a role.
   */
  @Post
  NewSession begin(@Body ProviderLogin login);

  /**
   * What the ID token says of a user.
   *
   * @param roles no roles if the user may not log in here
   */
  @Serdeable
  record ProviderLogin(
      String issuer,
      String subject,
      String username,
      String name,
      String email,
      List<String> roles) {}

  @Serdeable
  record NewSession(String session) {
    @Override
    public String toString() {
      return "NewSession[hidden]";
    }
  }
}
