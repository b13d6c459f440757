package io.tallyman.gateway.overview;

import io.tallyman.gateway.upstream.UpstreamProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of an answer that is being asked for.
 *
 * @param name as it stands in the answer
 */
record OverviewPart<T>(String name, Future<T> answer) {
  private static final Logger LOG = LoggerFactory.getLogger(OverviewPart.class);

  /**
   * Waits for a part that others can do without.
   *
   * @param deadline by {@link System#nanoTime}
   * @return empty if its service is away, fails, refuses, or has not answered by the deadline
   */
  Optional<T> by(long deadline) {
    try {
      return unlessRefused(deadline);
    } catch (UpstreamProblem refusal) {
      LOG.error("The part {} is refused ({}); it is answered without", name, refusal.type());
      return Optional.empty();
    }
  }

  /**
   * Waits for the part that decides whether there is an answer at all.
   *
   * @param deadline by {@link System#nanoTime}
   * @return empty if its service is away, fails, or has not answered by the deadline
   * @throws UpstreamProblem if the service refuses
   */
  Optional<T> unlessRefused(long deadline) {
    try {
      return Optional.ofNullable(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException slow) {
      LOG.warn("The part {} is slow; it is answered without", name);
      return Optional.empty();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UpstreamProblem problem) {
        if (problem.isOutage()) {
          return Optional.empty();
        }
        throw problem;
      }
      LOG.error("The part {} failed unexpectedly; it is answered without", name, failure);
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while the part " + name + " was asked for", stop);
    }
  }

  /** Asks no longer, if it still does. */
  void abandon() {
    answer.cancel(true);
  }

  /** The moment until which parts may take, for {@link #by}. */
  static long deadlineIn(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
