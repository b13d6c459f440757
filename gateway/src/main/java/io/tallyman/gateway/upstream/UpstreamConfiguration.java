package io.tallyman.gateway.upstream;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * What the HTTP clients of application.yml are told, checked here so that a bad value is named.
 *
 * @param connections to each service, and so how many requests are with it at once
 * @param streamConnections to billing-service for sheets and uploads, beside those
 * @param maxWaiting how many requests may wait for a connection; what comes beyond it is refused
 * @param deadline for all of a call that is no upload and no sheet
 */
@Context
@ConfigurationProperties("tallyman.upstream")
record UpstreamConfiguration(
    @Min(1) @Max(20_000) int connections,
    @Min(1) @Max(20_000) int streamConnections,
    @Min(1) @Max(20_000) int maxWaiting,
    Duration deadline) {
  UpstreamConfiguration {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("tallyman.upstream.deadline must be positive");
    }
  }
}
