package io.tallyman.kit.database;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.transaction.exceptions.TransactionException;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Refusal;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with a problem if the database did not answer, or not in time. Any other failure is a
 * bug. The exceptions of Micronaut for this have no common superclass.
 */
@Factory
@Requires(classes = JdbcRepository.class)
final class DatabaseFailures {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailures.class);

  private final ExceptionHandler<Refusal, HttpResponse<Problem>> refusals;
  private final ErrorResponseProcessor<?> bugs;

  DatabaseFailures(
      ExceptionHandler<Refusal, HttpResponse<Problem>> refusals, ErrorResponseProcessor<?> bugs) {
    this.refusals = refusals;
    this.bugs = bugs;
  }

  @Singleton
  ExceptionHandler<DataAccessException, HttpResponse<?>> statements() {
    return this::answer;
  }

  @Singleton
  ExceptionHandler<CannotGetJdbcConnectionException, HttpResponse<?>> pools() {
    return this::answer;
  }

  @Singleton
  ExceptionHandler<ConnectionException, HttpResponse<?>> connections() {
    return this::answer;
  }

  @Singleton
  ExceptionHandler<TransactionException, HttpResponse<?>> transactions() {
    return this::answer;
  }

  HttpResponse<?> answer(HttpRequest<?> request, Throwable failure) {
    if (QueryTimeout.caused(failure)) {
      warn(request, failure, "was cancelled in the database");
      return refusals.handle(request, new QueryTimeout());
    }
    if (!DatabaseAway.caused(failure)) {
      return bugs.processResponse(
          ErrorContext.builder(request).cause(failure).build(), HttpResponse.serverError());
    }
    warn(request, failure, "failed because the database does not answer");
    return refusals.handle(request, new DatabaseAway());
  }

  private static void warn(HttpRequest<?> request, Throwable failure, String happened) {
    RequestId.as(
        RequestId.current().or(() -> RequestId.of(request)).orElse(null),
        () ->
            LOG.warn(
                "{} {} {} ({}); the client gets a 503 and can try again",
                request.getMethodName(),
                request.getPath(),
                happened,
                DatabaseAway.reason(failure)));
  }
}
