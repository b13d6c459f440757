package io.tallyman.gateway.upstream;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;

@Singleton
@Produces(Problem.MEDIA_TYPE)
final class UpstreamProblemHandler
    implements ExceptionHandler<UpstreamProblem, HttpResponse<Problem>> {
  private static final String RETRY_AFTER_SECONDS = "2";

  @Override
  @SuppressWarnings("rawtypes") // as the framework declares it
  public HttpResponse<Problem> handle(HttpRequest request, UpstreamProblem failure) {
    Problem problem = seenFrom(request, failure.problem());
    MutableHttpResponse<Problem> response =
        HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
            .contentType(Problem.MEDIA_TYPE)
            .body(problem);
    failure.headers().forEach(response::header);
    return problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()
        ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        : response;
  }

  private static Problem seenFrom(HttpRequest<?> request, Problem problem) {
    return new Problem(
        problem.type(),
        problem.title(),
        problem.status(),
        problem.detail(),
        request.getPath(),
        RequestId.of(request).orElse(null),
        problem.errors());
  }
}
