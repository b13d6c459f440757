package io.tallyman.gateway.access;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * The keys of {@link Tokens#SHARED}, which the gateway has fetched before the test. A test that has
 * user-service publish its own keys sets {@link #FETCHED}.
 */
@Singleton
@Replaces(KeyClient.class)
@Requires(missingProperty = PublishedKeys.FETCHED)
public final class PublishedKeys implements KeyClient {
  public static final String FETCHED = "test.keys-are-fetched";

  @Override
  public String keys() {
    return Tokens.SHARED.keys();
  }
}
