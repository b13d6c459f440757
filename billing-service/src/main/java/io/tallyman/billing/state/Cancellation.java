package io.tallyman.billing.state;

import io.tallyman.billing.state.TaskTransitions.TransitionedTask;
import io.tallyman.kit.audit.AuditLog;
import io.tallyman.kit.database.RequestTransactions;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Revokes tasks for clients, and writes this to the audit log in the same transaction. */
@Singleton
public final class Cancellation {
  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final RequestTransactions transactions;
  private final AuditLog audit;

  Cancellation(
      Jdbi jdbi, TaskTransitions transitions, RequestTransactions transactions, AuditLog audit) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.transactions = transactions;
    this.audit = audit;
  }

  /** Returns whether the task was revoked now. It may have ended before, or not exist. */
  public boolean cancel(UUID id) {
    return transactions.write(
        () -> {
          Optional<TransitionedTask> revoked =
              jdbi.inTransaction(transaction -> transitions.cancel(transaction, id));
          revoked.ifPresent(
              task ->
                  audit.write("task.cancelled", "task", id, Map.of("task", task.task().task())));
          return revoked.isPresent();
        });
  }
}
