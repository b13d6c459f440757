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
 * @param failures failed logins to one account from one address
 * @param failuresPerAddress failed logins from one address
 * @param failuresPerAccount failed logins to one account from all addresses that its owner did not
 *     log in from
 */
@Context
@ConfigurationProperties("tallyman.login")
record LoginConfiguration(
    @Bindable(defaultValue = "30d") Duration lifetime,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "5") int failures,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "30") int failuresPerAddress,
    @Min(1) @Max(10_000) @Bindable(defaultValue = "100") int failuresPerAccount) {
  LoginConfiguration {
    if (lifetime.toSeconds() < 1) {
      throw new IllegalArgumentException("tallyman.login.lifetime must be at least 1s");
    }
  }
}
