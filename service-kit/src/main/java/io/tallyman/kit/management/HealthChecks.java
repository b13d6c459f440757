package io.tallyman.kit.management;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthCheckType;
import io.micronaut.management.health.indicator.HealthResult;
import io.tallyman.kit.credential.WithoutToken;
import org.reactivestreams.Publisher;

/**
 * Liveness and readiness without details, on the port of the service. The framework moves the whole
 * health endpoint to the management port. Its filter for these paths sets the status 503 of a check
 * that is down.
 */
@Controller("/health")
@Requires(beans = HealthEndpoint.class)
@WithoutToken
final class HealthChecks {
  private final HealthEndpoint endpoint;

  HealthChecks(HealthEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Get("/liveness")
  @SingleResult
  Publisher<HealthResult> liveness() {
    return withoutDetails(HealthCheckType.LIVENESS);
  }

  @Get("/readiness")
  @SingleResult
  Publisher<HealthResult> readiness() {
    return withoutDetails(HealthCheckType.READINESS);
  }

  private Publisher<HealthResult> withoutDetails(HealthCheckType check) {
    return Publishers.map(
        endpoint.getHealth(null, check),
        result -> HealthResult.builder(null, result.getStatus()).build());
  }
}
