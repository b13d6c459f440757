package io.tallyman.kit.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request that the database did not answer, or not in time, with a problem that says so.
 * Any other failure is a bug.
 */
@Singleton
@Requires(classes = Jdbi.class)
final class DatabaseFailures implements ExceptionHandler<JdbiException, HttpResponse<?>> {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailures.class);

  private final ExceptionHandler<Refusal, HttpResponse<Problem>> refusals;
  private final ErrorResponseProcessor<?> bugs;

  DatabaseFailures(
      ExceptionHandler<Refusal, HttpResponse<Problem>> refusals, ErrorResponseProcessor<?> bugs) {
    this.refusals = refusals;
    this.bugs = bugs;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the framework declares it
  public HttpResponse<?> handle(HttpRequest request, JdbiException failure) {
    if (QueryTimeout.caused(failure)) {
      warn(request, failure, "was cancelled in the database");
      return refusals.handle(request, new QueryTimeout());
    }
    if (!DatabaseAway.caused(failure)) {
      return bugs.processResponse(
          ErrorContext.builder(request).cause(failure).build(), HttpResponse.serverError());
    }
    warn(request, failure, "got no answer from the database");
    return refusals.handle(request, new DatabaseAway());
  }

  private static void warn(HttpRequest<?> request, Throwable failure, String happened) {
    try (var _ = RequestId.inLog(request)) {
      LOG.warn(
          "{} {} {} ({}); its sender is told to try again",
          request.getMethodName(),
          request.getPath(),
          happened,
          DatabaseAway.reason(failure));
    }
  }
}
