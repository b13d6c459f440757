package io.tallyman.kit.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

@Singleton
@Produces(Problem.MEDIA_TYPE)
final class RefusalHandler implements ExceptionHandler<Refusal, HttpResponse<Problem>> {
  @Override
  @SuppressWarnings("rawtypes") // as the framework declares it
  public HttpResponse<Problem> handle(HttpRequest request, Refusal refusal) {
    return HttpResponse.<Problem>status(refusal.type().status())
        .contentType(Problem.MEDIA_TYPE)
        .body(Problem.of(refusal.type(), refusal.getMessage(), refusal.errors(), request));
  }
}
