package io.tallyman.gateway.upstream;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.ServerRequestContext;
import io.tallyman.kit.idempotency.IdempotencyKey;

/**
 * Passes the client's idempotency key on to the service that does the work, and passes the header
 * for a replayed answer back. The service stores the answers.
 */
final class RepeatedRequests {
  private RepeatedRequests() {}

  @ClientFilter(
      serviceId = {Services.USER, Services.BILLING},
      methods = HttpMethod.POST)
  static final class ToServices {
    @RequestFilter
    void send(MutableHttpRequest<?> request) {
      ServerRequestContext.currentRequest()
          .flatMap(client -> client.getHeaders().findFirst(IdempotencyKey.HEADER))
          .ifPresent(key -> request.getHeaders().set(IdempotencyKey.HEADER, key));
    }

    @ResponseFilter
    void receive(HttpResponse<?> answer) {
      answer
          .getHeaders()
          .findFirst(IdempotencyKey.REPLAYED)
          .ifPresent(
              replayed ->
                  ServerRequestContext.currentRequest()
                      .ifPresent(client -> client.setAttribute(IdempotencyKey.REPLAYED, replayed)));
    }
  }

  @ServerFilter("/api/**")
  static final class ToClients {
    @ResponseFilter
    void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
      request
          .getAttribute(IdempotencyKey.REPLAYED, String.class)
          .ifPresent(replayed -> response.header(IdempotencyKey.REPLAYED, replayed));
    }
  }
}
