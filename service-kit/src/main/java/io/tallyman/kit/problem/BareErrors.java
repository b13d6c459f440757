package io.tallyman.kit.problem;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;

/**
 * Adds a problem to the errors that the framework answers without a body, such as a 403 for a page
 * of another origin.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class BareErrors implements Ordered {
  @ResponseFilter
  void explain(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.code() >= HttpStatus.BAD_REQUEST.getCode()
        && response.getBody().isEmpty()
        && !response.getHeaders().contains(HttpHeaders.CONTENT_TYPE)
        && request.getMethod() != HttpMethod.HEAD) {
      HttpStatus status = response.status();
      response
          .body(Problem.of(ProblemType.of(status), detail(status, request), List.of(), request))
          .contentType(Problem.MEDIA_TYPE);
    }
  }

  /**
   * Runs outside of the filters that send such answers, and inside the filter that sets the request
   * id.
   */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  private static String detail(HttpStatus status, HttpRequest<?> request) {
    return switch (status) {
      case NOT_FOUND -> FrameworkProblems.nothingAt(request);
      case FORBIDDEN ->
          "A web page of another origin may not call this API, unless its origin is allowed. Call"
              + " it from a program, or from a page of this origin.";
      default -> "The server rejected this request.";
    };
  }
}
