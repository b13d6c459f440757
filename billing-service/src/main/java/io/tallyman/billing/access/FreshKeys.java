package io.tallyman.billing.access;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.kit.security.VerifiedTokens;
import jakarta.inject.Singleton;

/** Keeps the keys of access tokens, so that user-service may be away when the first token comes. */
@Singleton
final class FreshKeys {
  private final VerifiedTokens tokens;

  FreshKeys(VerifiedTokens tokens) {
    this.tokens = tokens;
  }

  @Scheduled(fixedDelay = "10s")
  void fetch() {
    tokens.prepare();
  }
}
