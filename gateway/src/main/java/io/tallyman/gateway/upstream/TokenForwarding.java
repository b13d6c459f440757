package io.tallyman.gateway.upstream;

import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.tallyman.kit.security.AccessToken;

/**
 * Sends the access token of the current request with calls of billing-service, which decides by it
 * what the sender sees. Calls of internal routes have the credential of the gateway instead.
 */
@ClientFilter(serviceId = Services.BILLING)
final class TokenForwarding {
  @RequestFilter
  void send(MutableHttpRequest<?> call) {
    if (!call.getPath().startsWith("/internal/")) {
      AccessToken.current().ifPresent(call::bearerAuth);
    }
  }
}
