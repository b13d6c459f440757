package io.tallyman.user.token;

import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import io.tallyman.kit.security.IssuerKeys;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Lets this service check the access tokens that the gateway forwards, to learn who sends them. */
@Factory
final class OwnTokens {
  @Singleton
  VerifiedTokens verified(SigningKeys keys, JsonMapper json) {
    return new VerifiedTokens(new IssuerKeys(() -> published(keys, json)));
  }

  private static String published(SigningKeys keys, JsonMapper json) {
    try {
      return json.writeValueAsString(PublishedKeys.of(keys.published()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
