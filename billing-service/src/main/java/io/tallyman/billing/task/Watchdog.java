package io.tallyman.billing.task;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Checks every second for attempts that have to be ended and for lost dispatch messages. Several
 * instances can run at once, because every move is a compare-and-set.
 */
@Singleton
class Watchdog {
  static final String TIME_LIMIT = "time-limit";
  static final String STALLED = "stalled";

  /**
   * An executor with one thread for each time-critical schedule, so that slow sweeps do not delay
   * them.
   */
  static final String EXECUTOR = "watchdog";

  private static final Duration GAP = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final TaskMoves moves;
  private final TimeLimits limits;
  private final LostOffers lostOffers;
  private final TaskConfiguration configuration;
  private final Vigil vigil;

  Watchdog(
      @Named("attempts") Jdbi jdbi,
      TaskMoves moves,
      TimeLimits limits,
      LostOffers lostOffers,
      TaskConfiguration configuration) {
    this.jdbi = jdbi;
    this.moves = moves;
    this.limits = limits;
    this.lostOffers = lostOffers;
    this.configuration = configuration;
    this.vigil = new Vigil(GAP, configuration.lease(), System::nanoTime);
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

  @Scheduled(fixedDelay = "1s", scheduler = EXECUTOR)
  void look() {
    List<Running> attempts = jdbi.withHandle(Watchdog::running);
    if (vigil.keep()) {
      attempts.forEach(this::judge);
    }
    lostOffers.recover();
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
        .map(ConstructorMapper.of(Running.class))
        .list();
  }

  private void judge(Running attempt) {
    Optional<Duration> limit = limits.of(attempt.task());
    if (limit.isPresent() && attempt.running().compareTo(limit.get()) > 0) {
      end(attempt, tooLong(limit.get()));
    } else if (attempt.leaseExpired()) {
      jdbi.useTransaction(
          tx -> moves.expire(tx, attempt.id(), attempt.attempt(), lost(attempt.workerId())));
    } else if (attempt.still().compareTo(configuration.stallTimeout()) > 0) {
      jdbi.useTransaction(
          tx -> moves.postponeOrFail(tx, attempt.id(), attempt.attempt(), stalled(attempt)));
    }
  }

  private void end(Running attempt, TaskError error) {
    jdbi.useTransaction(tx -> moves.fail(tx, attempt.id(), attempt.attempt(), error));
  }

  private static TaskError tooLong(Duration limit) {
    return TaskError.passing(
        TIME_LIMIT,
        "The task took too long",
        "One attempt may take at most " + worded(limit) + ". Split the work into smaller tasks.");
  }

  private static String worded(Duration limit) {
    return limit.toSecondsPart() == 0
        ? limit.toMinutes() + " minutes"
        : limit.toSeconds() + " seconds";
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
        "The task stood still",
        "The attempt made no progress for " + attempt.still().toMinutes() + " minutes.");
  }
}
