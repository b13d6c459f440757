package io.tallyman.billing.event;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tallyman.billing.access.Visible;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of tasks. {@link io.tallyman.billing.task.Tasks} and {@link
 * io.tallyman.billing.state.TaskTransitions} write them.
 */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TaskEvents extends GenericRepository<TaskEvent, Integer> {
  /**
   * All events of a task, ordered by {@code seq}; empty if no task has the id.
   *
   * @param owner the user who submitted the task; null for any
   */
  @Query("SELECT * FROM task_event WHERE task_id = :id AND " + Visible.TASK + " ORDER BY seq")
  List<TaskEvent> of(UUID id, @Nullable String owner);
}
