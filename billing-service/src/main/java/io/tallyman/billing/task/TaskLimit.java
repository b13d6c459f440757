package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;

/**
 * Keeps those tasks that have not ended to {@link TaskConfiguration#maxOpen}, so that a crowd is
 * told to come back before there is no room for what was accepted.
 *
 * <p>They are counted every second, and what this instance accepted since is added. So the bound is
 * approximate: what several instances accept within a second, or one while it counts, may come on
 * top, and a place that became free is given again a second later.
 */
@Singleton
public final class TaskLimit {
  private final Jdbi jdbi;
  private final int most;
  private final Lock counting = new ReentrantLock();
  private int counted;
  private long accepted;
  private long acceptedWhenCounted;

  TaskLimit(@Named("attempts") Jdbi jdbi, TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.most = configuration.maxOpen();
  }

  /**
   * Gives places to so many new tasks, or to none of them.
   *
   * @throws TasksFull if there are not so many left
   */
  public synchronized void admit(int tasks) {
    requireRoom(tasks);
    accepted += tasks;
  }

  /**
   * Gives no place yet; for what is expensive to ask for in vain.
   *
   * @throws io.tallyman.kit.problem.Refusal if there is none left for a new task
   */
  public synchronized void requireRoom() {
    requireRoom(1);
  }

  @Scheduled(fixedDelay = "1s", scheduler = TaskConfiguration.WATCHDOG_EXECUTOR)
  void count() {
    // An older count must not replace a newer one.
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

  /** However many there are, no more are read than it takes to be full. */
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
