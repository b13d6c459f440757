package io.tallyman.gateway.access;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;

/**
 * Exchanges API keys, sessions and tickets for access tokens, which user-service issues. If one of
 * them is unknown or has ended, the problem of user-service is thrown.
 */
@Client(id = Services.USER, path = "/auth")
interface ExchangeClient {
  @Post("/key-tokens")
  ExchangedToken exchangeKey(@Body SentApiKey key);

  @Post("/session-tokens")
  ExchangedToken exchangeSession(@Body SentSession session);

  @Post("/ticket-tokens")
  ExchangedToken exchangeTicket(@Body SentStreamTicket ticket);

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

  /**
   * @param isOpen whether its stream is open, which needs its next token
   */
  @Serdeable
  record SentStreamTicket(String ticket, boolean isOpen) {
    @Override
    public String toString() {
      return "SentStreamTicket[hidden]";
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
