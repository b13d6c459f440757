package io.tallyman.gateway.login;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The logins of user-service. If the service rejects a request, its problem is thrown. */
@Client(id = Services.USER, path = "/auth")
interface LoginClient {
  @Post("/login")
  IssuedTokens login(@Body NewLogin login);

  @Post("/refresh")
  IssuedTokens refresh(@Body SentRefreshToken token);

  @Post("/logout")
  void logout(@Body SentRefreshToken token);

  @Post("/sessions")
  NewSession beginSession(@Body NewLogin login);

  @Post("/session-ends")
  void endSession(@Body SentSession session);
}
