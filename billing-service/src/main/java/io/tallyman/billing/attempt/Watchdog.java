package io.tallyman.billing.attempt;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.dispatch.LostDispatches;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.tasktype.TimeLimits;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Checks every second for attempts that have to be ended and for lost dispatch messages. Several
 * instances can run at once, because every move is a compare-and-set.
 */
@Singleton
class Watchdog {
  static final String TIME_LIMIT = "time-limit";
  static final String STALLED = "stalled";

  private static final Duration GAP = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final TaskTransitions transitions;
  private final TimeLimits limits;
  private final LostDispatches lostDispatches;
  private final TaskConfiguration configuration;
  private final LeaseGrace leaseGrace;

  Watchdog(
      @Named("attempts") Jdbi jdbi,
      TaskTransitions transitions,
      TimeLimits limits,
      LostDispatches lostDispatches,
      TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.transitions = transitions;
    this.limits = limits;
    this.lostDispatches = lostDispatches;
    this.configuration = configuration;
    this.leaseGrace = new LeaseGrace(GAP, configuration.lease(), System::nanoTime);
  }

  /** A running attempt; its durations are measured by the database's clock. */
  public record Running(
      UUID id,
      String task,
      int attempt,
      String workerId,
      boolean leaseExpired,
      Duration running,
      Duration still) {}

  @Scheduled(fixedDelay = "1s", scheduler = TaskConfiguration.WATCHDOG_EXECUTOR)
  void look() {
    List<Running> attempts = jdbi.withHandle(Watchdog::running);
    if (leaseGrace.keep()) {
      attempts.forEach(this::judge);
    }
    lostDispatches.recover();
  }

  private static List<Running> running(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id, task, attempt, worker_id, lease_until < now() AS lease_expired,
              now() - attempt_started_at AS running, now() - progressed_at AS still
            FROM task
            WHERE status = 'STARTED'
            """)
        .map(RecordMapper.of(Running.class))
        .list();
  }

  private void judge(Running attempt) {
    Optional<Duration> limit = limits.of(attempt.task());
    if (limit.isPresent() && attempt.running().compareTo(limit.get()) > 0) {
      end(attempt, tooLong(limit.get()));
    } else if (attempt.leaseExpired()) {
      jdbi.useTransaction(
          tx -> transitions.expire(tx, attempt.id(), attempt.attempt(), lost(attempt.workerId())));
    } else if (attempt.still().compareTo(configuration.stallTimeout()) > 0) {
      jdbi.useTransaction(
          tx -> transitions.postponeOrFail(tx, attempt.id(), attempt.attempt(), stalled(attempt)));
    }
  }

  private void end(Running attempt, TaskError error) {
    jdbi.useTransaction(tx -> transitions.fail(tx, attempt.id(), attempt.attempt(), error));
  }

  private static TaskError tooLong(Duration limit) {
    return TaskError.passing(
        TIME_LIMIT,
        "The task took too long",
        "One attempt may take at most " + worded(limit) + ". Split the work into smaller tasks.");
  }

  private static String worded(Duration time) {
    return time.toSecondsPart() == 0
        ? time.toMinutes() + " minutes"
        : time.toSeconds() + " seconds";
  }

  private static TaskError lost(String workerId) {
    return TaskError.passing(
        "worker-lost",
        "The worker was lost",
        "Worker " + workerId + " sent no more heartbeats for the task, so its lease expired.");
  }

  private static TaskError stalled(Running attempt) {
    return TaskError.passing(
        STALLED,
        "The task made no progress",
        "The attempt made no progress for " + worded(attempt.still()) + ".");
  }
}
