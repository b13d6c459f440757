package io.tallyman.gateway.live.websocket;

import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into the problems of error frames. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String PATH = "/ws/tasks";
  private static final int FAILED = 500;

  private Problems() {}

  static Problem of(Throwable failure, String requestId) {
    return switch (failure) {
      case Refusal refusal ->
          new Problem(
              refusal.type().uri(),
              refusal.type().title(),
              refusal.type().status().getCode(),
              refusal.getMessage(),
              PATH,
              requestId,
              refusal.errors());
      case UpstreamProblem upstream -> seenFrom(upstream.problem(), requestId);
      default -> {
        LOG.error("A frame failed unexpectedly (request {})", requestId, failure);
        yield problem(
            "internal-server-error",
            "Internal Server Error",
            FAILED,
            "The gateway failed unexpectedly. Its log has the error under the request id.",
            requestId);
      }
    };
  }

  private static Problem problem(
      String slug, String title, int status, String detail, String requestId) {
    return new Problem(ProblemType.uri(slug), title, status, detail, PATH, requestId, List.of());
  }

  /** billing-service names query parameters, but here they are fields of a filter. */
  private static Problem seenFrom(Problem problem, String requestId) {
    URI type = problem.type();
    return new Problem(
        type,
        problem.title(),
        problem.status(),
        problem.detail(),
        PATH,
        requestId,
        errors(problem.errors()));
  }

  private static @Nullable List<FieldError> errors(@Nullable List<FieldError> errors) {
    return Optional.ofNullable(errors)
        .map(
            each ->
                each.stream()
                    .map(
                        error ->
                            new FieldError(
                                error.pointer().replaceFirst("^[?]", "/filter/"), error.detail()))
                    .toList())
        .orElse(null);
  }
}
