package io.tallyman.billing.dispatch;

import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.worker.WorkerRegistry;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds tasks whose dispatch message was lost, and lets them be dispatched again; the wait doubles
 * each time. A dispatched task that nobody claimed counts as lost if a task dispatched later was
 * claimed, if a live worker has a free slot, or if the queue has neither messages nor consumers: a
 * broker that has lost the content of the queue may accept no consumer. A long queue is no loss.
 */
@Singleton
public final class LostDispatches {
  private static final Logger LOG = LoggerFactory.getLogger(LostDispatches.class);
  private static final int MOST_AT_ONCE = 1_000;
  private static final int DOUBLINGS = 5;

  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final WorkerRegistry workers;
  private final Dispatcher dispatcher;
  private final TaskConfiguration configuration;

  LostDispatches(
      @Named("attempts") Jdbi jdbi,
      TaskTransitions transitions,
      WorkerRegistry workers,
      Dispatcher dispatcher,
      TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.workers = workers;
    this.dispatcher = dispatcher;
    this.configuration = configuration;
  }

  public record Lost(UUID id, int dispatchNo, int unclaimedDispatches) {}

  public void recover() {
    workers.forgetSilent();
    for (Lost lost : jdbi.withHandle(this::find)) {
      if (lost.unclaimedDispatches() >= configuration.maxDispatches()) {
        jdbi.useTransaction(
            transaction ->
                transitions.abandon(
                    transaction, lost.id(), lost.dispatchNo(), undeliverable(lost)));
      } else {
        offerAgain(lost);
      }
    }
  }

  private List<Lost> find(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, dispatch_no, unclaimed_dispatches
            FROM task
            WHERE status IN ('PENDING', 'RETRY')
              AND dispatched_at
                < now() - :unclaimedAfter * (2 ^ least(unclaimed_dispatches - 1, :doublings))
              AND (:all OR dispatched_at < (
                SELECT max(dispatched_at) FROM task WHERE status NOT IN ('PENDING', 'RETRY')))
            LIMIT :most
            """)
        .bind("unclaimedAfter", configuration.unclaimedAfter())
        .bind("doublings", DOUBLINGS)
        .bind("all", workers.hasFreeSlot(handle) || dispatcher.isQueueAbandoned())
        .bind("most", MOST_AT_ONCE)
        .map(RecordMapper.of(Lost.class))
        .list();
  }

  private void offerAgain(Lost lost) {
    int offered =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE task SET dispatched_at = NULL
                        WHERE id = :id AND dispatch_no = :dispatchNo
                          AND status IN ('PENDING', 'RETRY')
                        """)
                    .bindMethods(lost)
                    .execute());
    if (offered == 1) {
      LOG.warn(
          "No worker claimed task {} after dispatch {}; it is dispatched again",
          lost.id(),
          lost.dispatchNo());
    }
  }

  private static TaskError undeliverable(Lost lost) {
    return TaskError.passing(
        "undeliverable",
        "No worker accepted the task",
        "It was dispatched "
            + lost.unclaimedDispatches()
            + " times, but no worker claimed it. Check that workers run, then retry the task.");
  }
}
