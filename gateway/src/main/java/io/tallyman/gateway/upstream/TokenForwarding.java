package io.tallyman.gateway.upstream;

import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.tallyman.kit.credential.Credentials;
import io.tallyman.kit.security.AccessToken;
import java.util.Optional;

/**
 * Sends the access token of the current request with calls of the services, which learn from it who
 * the sender is. billing-service decides by it what the sender sees. A call of billing-service that
 * the gateway makes on its own behalf has its credential instead, as calls of internal routes do.
 * Calls of a login have none.
 */
@ClientFilter(serviceId = {Services.USER, Services.BILLING})
final class TokenForwarding {
  private final Credentials credentials;

  TokenForwarding(Credentials credentials) {
    this.credentials = credentials;
  }

  @RequestFilter
  void send(MutableHttpRequest<?> call) {
    if (!call.getPath().startsWith("/internal/") && !call.getPath().startsWith("/auth/")) {
      AccessToken.current()
          .map(token -> "Bearer " + token)
          .or(() -> ownCredential(call))
          .ifPresent(value -> call.getHeaders().set(HttpHeaders.AUTHORIZATION, value));
    }
  }

  private Optional<String> ownCredential(MutableHttpRequest<?> call) {
    return BasicHttpAttributes.getServiceId(call)
        .filter(Services.BILLING::equals)
        .map(credentials::authorization);
  }
}
