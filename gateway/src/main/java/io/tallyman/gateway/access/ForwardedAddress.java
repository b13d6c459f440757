package io.tallyman.gateway.access;

import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.security.ClientAddress;

/** Tells user-service the address of a client that logs in. */
@ClientFilter(serviceId = Services.USER, patterns = "/auth/**")
final class ForwardedAddress {
  @RequestFilter
  void send(MutableHttpRequest<?> request) {
    ServerRequestContext.currentRequest()
        .ifPresent(
            client -> request.getHeaders().set(ClientAddress.HEADER, ClientAddress.of(client)));
  }
}
