package io.tallyman.billing.database;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpStatus;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs queries that sum many rows and may take long. Only a few run at once, so that other requests
 * always find a free connection in the pool.
 */
@Singleton
public final class AggregateQueries {
  private static final long PATIENCE_MILLIS = 1_000;

  private final Jdbi jdbi;
  private final RequestTransactions transactions;
  private final Semaphore places;

  AggregateQueries(
      Jdbi jdbi,
      RequestTransactions transactions,
      PoolConfiguration configuration,
      @Value("${tallyman.database.connections}") int connections) {
    this.jdbi = jdbi;
    this.transactions = transactions;
    this.places = new Semaphore(Math.max(1, Math.min(configuration.sums(), connections - 1)), true);
  }

  /**
   * Runs a query in a transaction with the statement timeout of the current request. Waits up to 1
   * s for a place.
   *
   * @throws Refusal if too many other queries run and none of them ends within 1 s
   */
  public <T, X extends Exception> T inTransaction(RequestTransactions.Work<T, X> query) throws X {
    takePlace();
    try {
      return transactions.read(query);
    } finally {
      places.release();
    }
  }

  /** Like the method above, for a query with Jdbi. */
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> query) throws X {
    return inTransaction(() -> jdbi.withHandle(query));
  }

  private void takePlace() {
    try {
      if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new SumsBusy();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for other summing queries", stop);
    }
  }

  private static final class SumsBusy extends Refusal {
    static final ProblemType TYPE =
        new ProblemType(
            "sums-busy", "Too many queries for sums are running", HttpStatus.SERVICE_UNAVAILABLE);

    private static final long serialVersionUID = 1L;

    SumsBusy() {
      super(
          TYPE,
          "The limit of summing queries that run at once is reached. Try again in a few seconds.");
    }
  }
}
