package io.tallyman.kit.database;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Describes why one item of a request with many items failed, while the request has succeeded. */
@Singleton
@Requires(classes = JdbcRepository.class)
public final class ItemProblems {
  private final ExceptionHandler<Refusal, HttpResponse<Problem>> refusals;
  private final DatabaseFailures failures;

  ItemProblems(
      ExceptionHandler<Refusal, HttpResponse<Problem>> refusals, DatabaseFailures failures) {
    this.refusals = refusals;
    this.failures = failures;
  }

  /**
   * The problem with which a request that has only this item would be answered.
   *
   * @param requestId the id of the request that the item belongs to; null if unknown
   */
  public Problem of(HttpRequest<?> request, @Nullable String requestId, Throwable failure) {
    HttpResponse<?> answer =
        failure instanceof Refusal refusal
            ? refusals.handle(request, refusal)
            : failures.answer(request, failure);
    return answer
        .getBody(Problem.class)
        .map(problem -> requestId == null ? problem : problem.ofRequest(requestId))
        .orElseThrow();
  }
}
