package io.tallyman.billing.event;

import static java.util.stream.Collectors.groupingBy;

import io.tallyman.billing.event.TaskEventBatchController.ChangedTask;
import io.tallyman.billing.event.TaskEventBatchController.WantedTask;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.Tasks;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** Reads the events of many tasks, or of a span of time, in few statements. */
@Singleton
final class EventBatches {
  private static final int MOST_OF_A_TASK = 50;
  private static final int MOST_RECENT = 5_000;

  private final Jdbi jdbi;
  private final Tasks tasks;

  EventBatches(Jdbi jdbi, Tasks tasks) {
    this.jdbi = jdbi;
    this.tasks = tasks;
  }

  /**
   * Finds which task an event belongs to.
   *
   * @param at when the event was written; its transaction may have committed later
   */
  public record Position(UUID taskId, int seq, Instant at) {}

  public record TaskEventRow(UUID taskId, @Nested TaskEvent event) {}

  /**
   * @param positions the first events of the span, ordered by time, at most {@value #MOST_RECENT}
   * @param now the time of the database
   */
  record Recent(List<Position> positions, Instant now) {
    boolean isFull() {
      return positions.size() == MOST_RECENT;
    }
  }

  /** The tasks are read before the events, so events that are later than a task are left out. */
  List<ChangedTask> read(List<WantedTask> wanted) {
    return jdbi.withHandle(
        handle -> {
          List<Task> found =
              tasks.findWithoutPositions(handle, wanted.stream().map(WantedTask::taskId).toList());
          Map<UUID, List<TaskEventRow>> events =
              events(handle, wanted).stream().collect(groupingBy(TaskEventRow::taskId));
          return found.stream()
              .map(
                  task ->
                      new ChangedTask(
                          task,
                          events.getOrDefault(task.taskId(), List.of()).stream()
                              .map(TaskEventRow::event)
                              .filter(event -> event.seq() <= task.seq())
                              .toList()))
              .toList();
        });
  }

  /**
   * @param since inclusive; null reads no events, only the time
   */
  Recent since(@Nullable Instant since) {
    return jdbi.withHandle(
        handle ->
            new Recent(
                since == null ? List.of() : positions(handle, since),
                handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one()));
  }

  private static List<Position> positions(Handle handle, Instant since) {
    return handle
        .createQuery(
            """
            SELECT task_id, seq, at FROM task_event
            WHERE at >= :since
            ORDER BY at, task_id, seq
            LIMIT :count
            """)
        .bind("since", since)
        .bind("count", MOST_RECENT)
        .map(RecordMapper.of(Position.class))
        .list();
  }

  private static List<TaskEventRow> events(Handle handle, List<WantedTask> wanted) {
    return handle
        .createQuery(
            """
            SELECT event.*
            FROM unnest(:ids, :afters) AS wanted (id, after)
            CROSS JOIN LATERAL (
              SELECT task_id, seq, at, status, attempt, worker_id, reason FROM task_event
              WHERE task_id = wanted.id AND seq > wanted.after
              ORDER BY seq
              LIMIT :count
            ) AS event
            ORDER BY task_id, seq
            """)
        .bindArray("ids", UUID.class, wanted.stream().map(WantedTask::taskId).toList())
        .bindArray("afters", Integer.class, wanted.stream().map(WantedTask::after).toList())
        .bind("count", MOST_OF_A_TASK)
        .map(RecordMapper.of(TaskEventRow.class))
        .list();
  }
}
