package io.tallyman.kit.request;

import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;

/** Sends the id of the current request with every call of another service. */
@ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
final class RequestIdForwarding {
  @RequestFilter
  void send(MutableHttpRequest<?> request) {
    RequestId.current().ifPresent(id -> request.getHeaders().set(RequestId.HEADER, id));
  }
}
