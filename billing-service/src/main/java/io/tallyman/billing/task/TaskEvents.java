package io.tallyman.billing.task;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads what happened to tasks; {@link Tasks} and {@link TaskMoves} write it. */
@Singleton
final class TaskEvents {
  private final Jdbi jdbi;

  TaskEvents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A change of a task's status.
   *
   * @param seq 1 for its acceptance, and one more for each change; without gaps
   * @param status what it was from then on
   * @param attempt the number of its last attempt
   * @param workerId who had that attempt
   * @param reason one word on why; null where the status says it
   */
  @Serdeable
  public record TaskEvent(
      int seq,
      Instant at,
      TaskStatus status,
      int attempt,
      @Nullable String workerId,
      @Nullable String reason) {}

  /** All events of a task by {@code seq}; none if there is no such task. */
  List<TaskEvent> of(UUID id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, at, status, attempt, worker_id, reason
                    FROM task_event
                    WHERE task_id = :id
                    ORDER BY seq
                    """)
                .bind("id", id)
                .map(ConstructorMapper.of(TaskEvent.class))
                .list());
  }
}
