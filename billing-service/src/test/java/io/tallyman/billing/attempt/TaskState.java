package io.tallyman.billing.attempt;

import io.tallyman.billing.state.TaskStatus;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The stored state of one task, without its events. */
public record TaskState(
    UUID id,
    TaskStatus status,
    int attempt,
    int maxAttempts,
    int dispatchNo,
    int unclaimedDispatches,
    boolean offered,
    int eventSeq,
    String error,
    String resultSheet,
    boolean done,
    boolean leased) {

  /** The states of all tasks, in the order of submission. */
  static List<TaskState> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, status, attempt, max_attempts, dispatch_no, unclaimed_dispatches,
              dispatched_at IS NOT NULL AND status IN ('PENDING', 'RETRY') AS offered,
              event_seq, coalesce(substring(error ->> 'type' FROM '[^:]*$'), 'none') AS error,
              coalesce(result ->> 'sheet_id', 'none') AS result_sheet,
              date_done IS NOT NULL AND expires_at IS NOT NULL AS done,
              lease_until IS NOT NULL AS leased
            FROM task
            ORDER BY id
            """)
        .map(ConstructorMapper.of(TaskState.class))
        .list();
  }

  /** Has the same form as {@link TaskModel#toString()}. */
  @Override
  public String toString() {
    return "%s, attempt %d of %d, dispatch %d (%d unclaimed, offered: %s), error %s, %d events"
        .formatted(
            status,
            attempt,
            maxAttempts,
            dispatchNo,
            unclaimedDispatches,
            offered,
            error,
            eventSeq);
  }
}
