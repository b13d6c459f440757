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

/** The commit of an attempt's outcome while it is under way. */
final class PendingCommit {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable Connection working;

  /** From here on {@link #stop} ends what the connection is doing. */
  synchronized void begin(Connection connection) {
    working = connection;
  }

  /** From here on it is too late to stop it. */
  synchronized void finish() {
    working = null;
  }

  /** Lets it fail; nothing comes of what it has written. */
  synchronized void stop() {
    if (working == null) {
      return;
    }
    try {
      working.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException away) {
      throw new IllegalStateException("The statement could not be cancelled", away);
    }
  }

  void ended() {
    end.complete(null);
  }

  void failed(Throwable failure) {
    end.completeExceptionally(failure);
  }

  /** Waits a moment; whether it has ended by then. Throws what it failed with. */
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
