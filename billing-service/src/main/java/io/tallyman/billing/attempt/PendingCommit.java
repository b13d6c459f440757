package io.tallyman.billing.attempt;

import io.tallyman.billing.tasktype.CompletionBusy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A running commit of an attempt's outcome. Several requests can wait for it, and another thread
 * can stop it.
 */
final class PendingCommit {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable Connection working;
  private boolean stopped;

  /** From now on {@link #stop} cancels the statement that this connection runs. */
  synchronized void begin(Connection connection) {
    working = connection;
  }

  /** From now on {@link #stop} does nothing. */
  synchronized void finish() {
    working = null;
  }

  /** Cancels the running statement. The transaction then fails and is rolled back. */
  synchronized void stop() {
    if (working == null) {
      return;
    }
    stopped = true;
    try {
      working.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException away) {
      throw new IllegalStateException("The statement could not be cancelled", away);
    }
  }

  /** Whether {@link #stop} cancelled a statement, so that the commit failed. */
  synchronized boolean isStopped() {
    return stopped;
  }

  void ended() {
    end.complete(null);
  }

  void failed(Throwable failure) {
    end.completeExceptionally(failure);
  }

  /**
   * Waits up to 2 s. Returns whether the commit succeeded by then; throws its failure if it failed.
   * False if another commit has to end first.
   */
  boolean hasEnded() {
    try {
      return end.thenApply(_ -> true)
          .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException failure) {
      return switch (failure.getCause()) {
        case CompletionBusy _ -> false;
        case RuntimeException refused -> throw refused;
        case null, default -> throw failure;
      };
    }
  }
}
