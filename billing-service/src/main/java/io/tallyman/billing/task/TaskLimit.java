package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/**
 * Limits the number of unfinished tasks to {@link TaskConfiguration#maxOpen}, so that clients get
 * 503 before the database runs out of space. At most {@link TaskConfiguration#maxNotDue} of them
 * are tasks whose eta has not come, so that these leave room for work that can begin.
 *
 * <p>The tasks are counted every second while less than 5 % of the places are free, else every 5 s;
 * tasks that this instance accepted since the last count are added. So the limits are approximate:
 * tasks that several instances accept between counts, or that one accepts while it counts, may
 * exceed them. If a limit is reached, a place that becomes free is available up to a second later.
 */
@Singleton
public final class TaskLimit {
  private static final double FULL = 0.95;
  private static final int SECONDS = 5;

  private final Jdbi jdbi;
  private final int most;
  private final Lock counting = new ReentrantLock();
  private final Places open;
  private final Places notDue;
  private int looks;

  /** The unfinished tasks at one moment. */
  record Count(int open, int notDue) {}

  /** How many tasks this instance has accepted since its start. */
  private record Accepted(long open, long notDue) {}

  /** Callers synchronize on the limit. */
  private static final class Places {
    private final int most;
    private final String which;
    private int counted;
    private long accepted;
    private long acceptedWhenCounted;

    Places(int most, String which) {
      this.most = most;
      this.which = which;
    }

    void requireRoom(int tasks) {
      if (tasks > 0 && taken() + tasks > most) {
        throw new TasksFull(most, which);
      }
    }

    boolean isNearlyFull() {
      return taken() > most * FULL;
    }

    void recounted(int found, long acceptedBefore) {
      counted = found;
      acceptedWhenCounted = acceptedBefore;
    }

    private long taken() {
      return counted + accepted - acceptedWhenCounted;
    }
  }

  TaskLimit(@Named("attempts") Jdbi jdbi, TaskConfiguration configuration) {
    this.jdbi = jdbi;
    most = configuration.maxOpen();
    open = new Places(most, "unfinished tasks");
    notDue = new Places(configuration.maxNotDue(), "tasks with an eta in the future");
  }

  /**
   * Reserves places for all of the new tasks, or for none.
   *
   * @throws TasksFull if fewer places are free
   */
  public synchronized void admit(List<NewTask> tasks) {
    int later = (int) tasks.stream().filter(NewTask::isNotDue).count();
    open.requireRoom(tasks.size());
    notDue.requireRoom(later);
    open.accepted += tasks.size();
    notDue.accepted += later;
  }

  /**
   * Checks that a place is free, but reserves none. Use it before expensive work, such as an
   * upload.
   *
   * @throws io.tallyman.kit.problem.Refusal if no place is free
   */
  public synchronized void requireRoom() {
    open.requireRoom(1);
  }

  @Scheduled(fixedDelay = "1s", scheduler = TaskConfiguration.WATCHDOG_EXECUTOR)
  void look() {
    if (isTimeToCount()) {
      count();
    }
  }

  private synchronized boolean isTimeToCount() {
    boolean isDue = looks % SECONDS == 0;
    looks++;
    return isDue || open.isNearlyFull() || notDue.isNearlyFull();
  }

  void count() {
    // Serializes the counts: an older count must not replace a newer one.
    counting.lock();
    try {
      Accepted before = accepted();
      recounted(read(), before);
    } finally {
      counting.unlock();
    }
  }

  private synchronized Accepted accepted() {
    return new Accepted(open.accepted, notDue.accepted);
  }

  private synchronized void recounted(Count found, Accepted before) {
    open.recounted(found.open, before.open);
    notDue.recounted(found.notDue, before.notDue);
  }

  /** Stops counting at the limit, so a full table costs no more. */
  private Count read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT
                      (SELECT count(*) FROM task WHERE status = 'STARTED') + count(*) AS open,
                      count(*) FILTER (WHERE due_at > now()) AS not_due
                    FROM (
                      SELECT due_at FROM task WHERE status IN ('PENDING', 'RETRY') LIMIT :most)
                    AS waiting
                    """)
                .bind("most", most)
                .map(RecordMapper.of(Count.class))
                .one());
  }
}
