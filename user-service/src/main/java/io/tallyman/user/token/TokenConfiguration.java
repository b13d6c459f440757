package io.tallyman.user.token;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * @param lifetime how long an access token is valid
 * @param keyRotation how long one key signs access tokens
 */
@Context
@ConfigurationProperties("tallyman.tokens")
record TokenConfiguration(
    @Bindable(defaultValue = "10m") Duration lifetime,
    @Bindable(defaultValue = "7d") Duration keyRotation) {
  private static final Duration MOST = Duration.ofHours(24);

  TokenConfiguration {
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("tallyman.tokens.lifetime must be from 1s to 24h");
    }
    if (keyRotation.compareTo(SigningKeys.LEAD) < 0) {
      throw new IllegalArgumentException("tallyman.tokens.key-rotation must be at least 1h");
    }
  }
}
