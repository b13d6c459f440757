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
 * A part of an answer, which is being requested from a service.
 *
 * @param name the name of the field in the answer
 */
record OverviewPart<T>(String name, Future<T> answer) {
  private static final Logger LOG = LoggerFactory.getLogger(OverviewPart.class);

  /**
   * Waits for a part that can be missing in the answer.
   *
   * @param deadline by {@link System#nanoTime}
   * @return empty if the service is away, fails, rejects the request, or has not answered by the
   *     deadline
   */
  Optional<T> by(long deadline) {
    try {
      return unlessRefused(deadline);
    } catch (UpstreamProblem refusal) {
      LOG.error(
          "The service rejected the request for the part {} ({}); the answer is sent without this"
              + " part",
          name,
          refusal.type());
      return Optional.empty();
    }
  }

  /**
   * Waits for the part without which there is no answer.
   *
   * @param deadline by {@link System#nanoTime}
   * @return empty if the service is away, fails, or has not answered by the deadline
   * @throws UpstreamProblem if the service rejects the request
   */
  Optional<T> unlessRefused(long deadline) {
    try {
      return Optional.ofNullable(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException slow) {
      LOG.warn("The request for the part {} timed out; the answer is sent without this part", name);
      return Optional.empty();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UpstreamProblem problem) {
        if (problem.isOutage()) {
          return Optional.empty();
        }
        throw problem;
      }
      LOG.error(
          "The request for the part {} failed unexpectedly; the answer is sent without this part",
          name,
          failure);
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for the part " + name, stop);
    }
  }

  /** Cancels the request if it has not ended. */
  void abandon() {
    answer.cancel(true);
  }

  /** The deadline for {@link #by}. */
  static long deadlineIn(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
