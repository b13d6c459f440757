package io.tallyman.user.login;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Failed logins are limited for each minute. Successful logins do not count.
 *
 * @param lifetime how long a login can be refreshed; after that the password is needed again
 * @param sessionLifetime how long the session of a browser lasts at most
 * @param sessionIdle how long a session lasts while it is not used
 * @param failures failed logins to one account from one address
 * @param failuresPerAddress failed logins from one address
 * @param failuresPerAccount failed logins to one account from all addresses that its owner did not
 *     log in from
 */
@Context
@ConfigurationProperties("tallyman.login")
record LoginConfiguration(
    @Bindable(defaultValue = "30d") Duration lifetime,
    @Bindable(defaultValue = "7d") Duration sessionLifetime,
    @Bindable(defaultValue = "8h") Duration sessionIdle,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "5") int failures,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "30") int failuresPerAddress,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "100") int failuresPerAccount) {
  LoginConfiguration {
    requireASecond("lifetime", lifetime);
    requireASecond("session-lifetime", sessionLifetime);
    requireASecond("session-idle", sessionIdle);
  }

  private static void requireASecond(String name, Duration value) {
    if (value.toSeconds() < 1) {
      throw new IllegalArgumentException("tallyman.login." + name + " must be at least 1s");
    }
  }
}
