package io.tallyman.gateway.transfer;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * @param minRate bytes per second that a client must at least send of a body, and read of an answer
 * @param window the time over which the rate is averaged. Only the time counts in which the gateway
 *     waits for the client.
 * @param headerTimeout how long a client may take to send the header of a request
 * @param perUser uploads that one user may have at once, and as many downloads
 */
@Context
@ConfigurationProperties("tallyman.transfers")
record TransferConfiguration(
    @Bindable(defaultValue = "16384") @Min(0) @Max(1_000_000_000) int minRate,
    @Bindable(defaultValue = "60s") Duration window,
    @Bindable(defaultValue = "20s") Duration headerTimeout,
    @Bindable(defaultValue = "32") @Min(1) @Max(20_000) int perUser) {
  TransferConfiguration {
    requirePositive("window", window);
    requirePositive("header-timeout", headerTimeout);
  }

  /** Whether so many bytes in so much time are too few. */
  boolean isTooSlow(long bytes, long nanos) {
    return bytes * 1e9 < (double) minRate * nanos;
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("tallyman.transfers." + name + " must be positive");
    }
  }
}
