package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of unfinished tasks to {@link TaskConfiguration#maxOpen}, so that clients get
 * 503 before the database runs out of space. At most {@link TaskConfiguration#maxNotDue} of them
 * are tasks whose eta has not come, so that these leave room for work that can begin. At most
 * {@link TaskConfiguration#maxOpenPerUser} of them are tasks of one user, so that users leave room
 * for each other.
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
  private final int mostOfUser;
  private final Map<String, Places> users = new HashMap<>();
  private int looks;

  /**
   * The unfinished tasks of one user at one moment.
   *
   * @param submittedBy null for those whose user is unknown
   */
  record Count(@Nullable String submittedBy, int open, int notDue) {}

  /** How many tasks this instance has accepted since its start; by user since it knows the user. */
  private record Accepted(long open, long notDue, Map<String, Long> users) {}

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
    mostOfUser = configuration.maxOpenPerUser();
  }

  /**
   * Reserves places for all of the new tasks, or for none.
   *
   * @throws TasksFull if fewer places are free
   */
  public void admit(List<NewTask> tasks) {
    admit(tasks, Visible.sender());
  }

  /**
   * Like the other method, for a user who does not send the current request.
   *
   * @param submittedBy empty if unknown
   * @throws TasksFull if fewer places are free
   */
  synchronized void admit(List<NewTask> tasks, Optional<String> submittedBy) {
    int later = (int) tasks.stream().filter(NewTask::isNotDue).count();
    Optional<Places> own = submittedBy.map(this::ofUser);
    open.requireRoom(tasks.size());
    notDue.requireRoom(later);
    own.ifPresent(places -> places.requireRoom(tasks.size()));
    open.accepted += tasks.size();
    notDue.accepted += later;
    own.ifPresent(places -> places.accepted += tasks.size());
  }

  private Places ofUser(String user) {
    return users.computeIfAbsent(user, _ -> new Places(mostOfUser, "unfinished tasks of one user"));
  }

  /**
   * Checks that a place is free, but reserves none. Use it before expensive work, such as an
   * upload.
   *
   * @throws io.tallyman.kit.problem.Refusal if no place is free
   */
  public synchronized void requireRoom() {
    open.requireRoom(1);
    Visible.sender().map(this::ofUser).ifPresent(own -> own.requireRoom(1));
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
    Map<String, Long> ofUsers = new HashMap<>();
    users.forEach((user, places) -> ofUsers.put(user, places.accepted));
    return new Accepted(open.accepted, notDue.accepted, ofUsers);
  }

  private synchronized void recounted(List<Count> found, Accepted before) {
    open.recounted(found.stream().mapToInt(Count::open).sum(), before.open);
    notDue.recounted(found.stream().mapToInt(Count::notDue).sum(), before.notDue);
    Map<String, Integer> ofUsers = new HashMap<>();
    for (Count count : found) {
      if (count.submittedBy() != null) {
        ofUsers.put(count.submittedBy(), count.open());
        ofUser(count.submittedBy());
      }
    }
    users.forEach(
        (user, places) ->
            places.recounted(ofUsers.getOrDefault(user, 0), before.users.getOrDefault(user, 0L)));
    // Who has no open task is forgotten, so that the map has no more users than there are tasks.
    users.values().removeIf(places -> places.taken() == 0);
  }

  /** Stops counting at the limit, so a full table costs no more. */
  private List<Count> read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT submitted_by, count(*) AS open,
                      count(*) FILTER (WHERE due_at > now()) AS not_due
                    FROM (
                      (SELECT submitted_by, due_at FROM task
                       WHERE status IN ('PENDING', 'RETRY') LIMIT :most)
                      UNION ALL
                      SELECT submitted_by, NULL FROM task WHERE status = 'STARTED'
                    ) AS unfinished
                    GROUP BY submitted_by
                    """)
                .bind("most", most)
                .map(RecordMapper.of(Count.class))
                .list());
  }
}
