package io.tallyman.billing.attempt;

import io.micronaut.scheduling.annotation.Scheduled;
import io.tallyman.billing.state.TaskConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Attempts whose workers wait for a statement of this service. Such a statement can take longer
 * than the stall timeout, and meanwhile the worker has nothing to report. So these attempts count
 * as making progress.
 */
@Singleton
public class RunningChecks {
  private final Jdbi jdbi;
  private final ConcurrentMap<UUID, Attempt> running = new ConcurrentHashMap<>();

  RunningChecks(@Named("attempts") Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Attempt(UUID taskId, int number) {}

  /** Runs a statement for which the worker of an attempt waits. */
  public <T> T during(UUID taskId, int attempt, Supplier<T> statement) {
    UUID check = UUID.randomUUID();
    running.put(check, new Attempt(taskId, attempt));
    try {
      return statement.get();
    } finally {
      running.remove(check);
    }
  }

  /** The attempts' heartbeats renew their leases, so a lost worker is noticed all the same. */
  @Scheduled(fixedDelay = "2s", scheduler = TaskConfiguration.WATCHDOG_EXECUTOR)
  void report() {
    for (Attempt attempt : running.values()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(
                      """
                      UPDATE task SET progressed_at = now()
                      WHERE id = :taskId AND attempt = :number AND status = 'STARTED'
                      """)
                  .bind("taskId", attempt.taskId())
                  .bind("number", attempt.number())
                  .execute());
    }
  }
}
