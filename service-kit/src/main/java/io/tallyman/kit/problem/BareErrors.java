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
 * Makes problems of the errors that the framework answers without a word, such as a 403 to a page
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

  /** Outside of the filters that answer so, inside of the one that gives the request its id. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 1;
  }

  private static String detail(HttpStatus status, HttpRequest<?> request) {
    return switch (status) {
      case NOT_FOUND -> FrameworkProblems.nothingAt(request);
      case FORBIDDEN -> "Pages of other origins may not ask here; ask from a program.";
      default -> "This cannot be done here.";
    };
  }
}
