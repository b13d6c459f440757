package io.tallyman.gateway.upstream;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * The settings of the HTTP clients in application.yml. They are checked here, so that the error
 * names the bad setting.
 *
 * @param connections the connections to each service, and so the number of requests that it gets at
 *     once
 * @param streamConnections further connections to billing-service for uploads, and as many for
 *     sheets
 * @param maxWaiting how many requests may wait for a connection; further requests are rejected
 * @param deadline the time limit of a complete call, except for uploads and sheets
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
