package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/**
 * Limits the number of unfinished tasks to {@link TaskConfiguration#maxOpen}, so that clients get
 * 503 before the database runs out of space.
 *
 * <p>The tasks are counted every second while less than 5 % of the places are free, else every 5 s;
 * tasks that this instance accepted since the last count are added. So the limit is approximate:
 * tasks that several instances accept between counts, or that one accepts while it counts, may
 * exceed it. If the limit is reached, a place that becomes free is available up to a second later.
 */
@Singleton
public final class TaskLimit {
  private static final double FULL = 0.95;
  private static final int SECONDS = 5;

  private final Jdbi jdbi;
  private final int most;
  private final Lock counting = new ReentrantLock();
  private int counted;
  private long accepted;
  private long acceptedWhenCounted;
  private int looks;

  TaskLimit(@Named("attempts") Jdbi jdbi, TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.most = configuration.maxOpen();
  }

  /**
   * Reserves places for all of the new tasks, or for none.
   *
   * @throws TasksFull if fewer places are free
   */
  public synchronized void admit(int tasks) {
    requireRoom(tasks);
    accepted += tasks;
  }

  /**
   * Checks that a place is free, but reserves none. Use it before expensive work, such as an
   * upload.
   *
   * @throws io.tallyman.kit.problem.Refusal if no place is free
   */
  public synchronized void requireRoom() {
    requireRoom(1);
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
    return isDue || counted + accepted - acceptedWhenCounted > most * FULL;
  }

  void count() {
    // Serializes the counts: an older count must not replace a newer one.
    counting.lock();
    try {
      long before = accepted();
      recounted(read(), before);
    } finally {
      counting.unlock();
    }
  }

  private void requireRoom(int tasks) {
    if (counted + accepted - acceptedWhenCounted + tasks > most) {
      throw new TasksFull(most);
    }
  }

  private synchronized long accepted() {
    return accepted;
  }

  private synchronized void recounted(int open, long acceptedBefore) {
    counted = open;
    acceptedWhenCounted = acceptedBefore;
  }

  /** Stops counting at the limit, so a full table costs no more. */
  private int read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT (SELECT count(*) FROM task WHERE status = 'STARTED') + (
                      SELECT count(*)
                      FROM (SELECT FROM task WHERE status IN ('PENDING', 'RETRY') LIMIT :most)
                      AS waiting)
                    """)
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
  }
}
