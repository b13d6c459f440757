package io.tallyman.gateway.access;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;

/**
 * Exchanges API keys and sessions for access tokens, which user-service issues. If a key or a
 * session is unknown or has ended, the problem of user-service is thrown.
 */
@Client(id = Services.USER, path = "/auth")
interface ExchangeClient {
  @Post("/key-tokens")
  ExchangedToken exchangeKey(@Body SentApiKey key);

  @Post("/session-tokens")
  ExchangedToken exchangeSession(@Body SentSession session);

  @Serdeable
  record SentApiKey(String apiKey) {
    @Override
    public String toString() {
      return "SentApiKey[hidden]";
    }
  }

  @Serdeable
  record SentSession(String session) {
    @Override
    public String toString() {
      return "SentSession[hidden]";
    }
  }

  @Serdeable
  record ExchangedToken(String accessToken) {
    @Override
    public String toString() {
      return "ExchangedToken[hidden]";
    }
  }
}
