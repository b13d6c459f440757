package io.tallyman.billing.state;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * @param lease how long an attempt stays live without a heartbeat
 * @param heartbeat how often a worker reports an attempt's progress
 * @param dispatchInterval how often the dispatcher looks for due tasks when no commit wakes it
 * @param unclaimedAfter how long after its dispatch an unclaimed task may count as lost, at the
 *     earliest
 * @param maxDispatches how many dispatches in a row without a claim make a task fail
 * @param maxAttempts the most attempts of a task
 * @param stallTimeout how long an attempt may go without progress before it is stopped and retried
 * @param backoff the upper bound of the first pause before another attempt; it doubles each time
 * @param maxBackoff the upper bound of every such pause
 * @param outagePatience how long after a task's first start a failed attempt is not counted if a
 *     service or store that it needs was unavailable
 * @param maxOpen the most unfinished tasks; above that, new tasks get 503
 * @param maxOpenPerUser the most unfinished tasks of one user; above that, new ones get 503
 * @param maxNotDue the most unfinished tasks whose eta has not come; above that, new ones get 503
 * @param maxEta how far in the future an eta may be
 * @param retention how long an ended task, its events and its sheet are kept
 */
@Context
@ConfigurationProperties("tallyman.tasks")
public record TaskConfiguration(
    @Bindable(defaultValue = "15s") Duration lease,
    @Bindable(defaultValue = "1s") Duration heartbeat,
    @Bindable(defaultValue = "1s") Duration dispatchInterval,
    @Bindable(defaultValue = "10s") Duration unclaimedAfter,
    @Bindable(defaultValue = "20") @Min(1) @Max(1000) int maxDispatches,
    @Bindable(defaultValue = "5") @Min(1) @Max(100) int maxAttempts,
    @Bindable(defaultValue = "10m") Duration stallTimeout,
    @Bindable(defaultValue = "1s") Duration backoff,
    @Bindable(defaultValue = "5m") Duration maxBackoff,
    @Bindable(defaultValue = "1h") Duration outagePatience,
    @Bindable(defaultValue = "100000") @Min(1) @Max(10_000_000) int maxOpen,
    @Bindable(defaultValue = "50000") @Min(1) @Max(10_000_000) int maxOpenPerUser,
    @Bindable(defaultValue = "50000") @Min(1) @Max(10_000_000) int maxNotDue,
    @Bindable(defaultValue = "366d") Duration maxEta,
    @Bindable(defaultValue = "90d") Duration retention) {

  /** The executor that has a thread for each schedule that keeps a promise in time. */
  public static final String WATCHDOG_EXECUTOR = "watchdog";

  public TaskConfiguration {
    requirePositive("lease", lease);
    requirePositive("heartbeat", heartbeat);
    requirePositive("dispatch-interval", dispatchInterval);
    requirePositive("unclaimed-after", unclaimedAfter);
    requirePositive("stall-timeout", stallTimeout);
    requirePositive("backoff", backoff);
    requirePositive("max-backoff", maxBackoff);
    requirePositive("outage-patience", outagePatience);
    requirePositive("max-eta", maxEta);
    requirePositive("retention", retention);
    if (heartbeat.multipliedBy(3).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "tallyman.tasks.heartbeat must be at most a third of tallyman.tasks.lease, so that an"
              + " attempt survives one lost heartbeat");
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("tallyman.tasks." + name + " must be positive");
    }
  }
}
