package io.tallyman.gateway.access;

import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.tallyman.gateway.upstream.Services;
import io.tallyman.kit.security.ClientAddress;

/** Tells the services the address of the client. */
@ClientFilter(serviceId = {Services.USER, Services.BILLING})
final class ForwardedAddress {
  @RequestFilter
  void send(MutableHttpRequest<?> request) {
    ServerRequestContext.currentRequest()
        .ifPresent(
            client -> request.getHeaders().set(ClientAddress.HEADER, ClientAddress.of(client)));
  }
}
