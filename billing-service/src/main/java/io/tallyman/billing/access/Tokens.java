package io.tallyman.billing.access;

import io.micronaut.context.annotation.Factory;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Singleton;

/** The access tokens that the gateway forwards. */
@Factory
final class Tokens {
  @Singleton
  VerifiedTokens verified(KeyClient client) {
    return new VerifiedTokens(new IssuerKeys(() -> keys(client)));
  }

  private static String keys(KeyClient client) {
    try {
      return client.keys();
    } catch (HttpClientException noAnswer) {
      throw new KeysAway();
    }
  }
}
