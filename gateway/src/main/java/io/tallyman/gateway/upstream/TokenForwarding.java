package io.tallyman.gateway.upstream;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.tallyman.kit.credential.Credentials;
import io.tallyman.kit.security.AccessToken;

/**
 * Sends the access token of the current request with calls of billing-service, which decides by it
 * what the sender sees. A call that the gateway makes on its own behalf has its credential instead,
 * as calls of internal routes do.
 */
@ClientFilter(serviceId = Services.BILLING)
final class TokenForwarding {
  private final Credentials credentials;

  TokenForwarding(Credentials credentials) {
    this.credentials = credentials;
  }

  @RequestFilter
  void send(MutableHttpRequest<?> call) {
    if (!call.getPath().startsWith("/internal/")) {
      String authorization =
          AccessToken.current()
              .map(token -> "Bearer " + token)
              .orElseGet(() -> credentials.authorization(Services.BILLING));
      call.getHeaders().set(HttpHeaders.AUTHORIZATION, authorization);
    }
  }
}
