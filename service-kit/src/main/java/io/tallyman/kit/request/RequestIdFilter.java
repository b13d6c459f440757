package io.tallyman.kit.request;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/** Gives every request an id before all other filters, and adds the id to the answer. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestIdFilter implements Ordered {
  @RequestFilter
  void receive(HttpRequest<?> request, MutablePropagatedContext context) {
    String id = RequestId.accept(request.getHeaders().get(RequestId.HEADER));
    request.setAttribute(RequestId.NAME, id);
    context.add(new MdcPropagationContext(Map.of(RequestId.NAME, id)));
  }

  @ResponseFilter
  void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
    RequestId.of(request).ifPresent(id -> response.getHeaders().set(RequestId.HEADER, id));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
