package io.tallyman.kit.problem;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

@Singleton
@Produces(Problem.MEDIA_TYPE)
final class RefusalHandler implements ExceptionHandler<Refusal, HttpResponse<Problem>> {
  /** In seconds, for refusals that are temporary and do not say how long. */
  private static final String RETRY_AFTER = "2";

  @Override
  @SuppressWarnings("rawtypes") // as the framework declares it
  public HttpResponse<Problem> handle(HttpRequest request, Refusal refusal) {
    HttpStatus status = refusal.type().status();
    MutableHttpResponse<Problem> response =
        HttpResponse.<Problem>status(status)
            .contentType(Problem.MEDIA_TYPE)
            .body(Problem.of(refusal.type(), refusal.getMessage(), refusal.errors(), request));
    refusal.headers().forEach(response::header);
    return passes(status) && !refusal.headers().containsKey(HttpHeaders.RETRY_AFTER)
        ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
        : response;
  }

  private static boolean passes(HttpStatus status) {
    return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
  }
}
