package io.tallyman.gateway.access;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.upstream.Services;

/** Exchanges API keys for access tokens, which user-service issues. */
@Client(id = Services.USER, path = "/auth/key-tokens")
interface ApiKeyClient {
  /** If the key is unknown, has expired or was deleted, the problem of user-service is thrown. */
  @Post
  KeyToken exchange(@Body SentApiKey key);

  @Serdeable
  record SentApiKey(String apiKey) {
    @Override
    public String toString() {
      return "SentApiKey[hidden]";
    }
  }

  @Serdeable
  record KeyToken(String accessToken) {
    @Override
    public String toString() {
      return "KeyToken[hidden]";
    }
  }
}
