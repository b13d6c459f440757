package io.tallyman.worker.attempt;

import io.tallyman.kit.disk.DiskFull;
import io.tallyman.kit.request.RequestId;
import io.tallyman.worker.billingservice.Verdict;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.task.BadInput;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.NoLongSlot;
import io.tallyman.worker.task.Outcome;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Outcome.GiveUp;
import io.tallyman.worker.task.Outcome.Released;
import io.tallyman.worker.task.Outcome.Retry;
import io.tallyman.worker.task.TaskError;
import io.tallyman.worker.task.TaskTypes;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try of a task, on its own virtual thread. It does the work while a heartbeat runs, then
 * reports the outcome. It can be stopped while it works. Once it reports, only billing-service
 * decides.
 */
public final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Work work;
  private final TaskTypes types;
  private final Heartbeats heartbeats;
  private final OutcomeDelivery delivery;
  private final Runnable whenEnded;
  private final Thread thread;
  private State state = State.WORKING;

  private enum State {
    WORKING,
    /** Stopped because the worker shuts down; the task is given back. */
    RELEASED,
    /** Stopped because billing-service does not accept the outcome any more. */
    UNWANTED,
    REPORTING
  }

  Attempt(
      Work work,
      TaskTypes types,
      Heartbeats heartbeats,
      OutcomeDelivery delivery,
      Runnable whenEnded) {
    this.work = work;
    this.types = types;
    this.heartbeats = heartbeats;
    this.delivery = delivery;
    this.whenEnded = whenEnded;
    this.thread =
        Thread.ofVirtual().name(work.toString()).unstarted(RequestId.carriedBy(this::run));
  }

  public Claimed claimed() {
    return work.claimed();
  }

  void start() {
    thread.start();
  }

  /** Waits until the outcome is reported, at most for this long. Returns whether it is. */
  public boolean endsWithin(Duration patience) throws InterruptedException {
    return thread.join(patience);
  }

  public boolean hasEnded() {
    return !thread.isAlive();
  }

  public void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /** Stops the work and gives the task back. Does nothing if the work is done. */
  public void release() {
    if (stop(State.RELEASED)) {
      try (var _ = RequestId.inLog(work.claimed().requestId())) {
        LOG.info("{}: the worker shuts down; stopping and giving the task back", work);
      }
    }
  }

  private void abandon(Verdict verdict) {
    if (stop(State.UNWANTED)) {
      try (var _ = RequestId.inLog(work.claimed().requestId())) {
        LOG.info("{}: billing-service answered {}; stopping and deleting the sheet", work, verdict);
      }
    }
  }

  private void run() {
    long begun = System.nanoTime();
    try (work;
        var _ = heartbeats.begin(work, this::abandon)) {
      Outcome outcome = work();
      State end = endWork();
      if (!(outcome instanceof Done) || end == State.UNWANTED) {
        discard();
      }
      switch (end) {
        case UNWANTED -> {}
        case RELEASED -> report(outcome instanceof Done ? outcome : new Released(), begun);
        case WORKING, REPORTING -> report(outcome, begun);
      }
    } catch (RuntimeException | Error failure) {
      LOG.error(
          "{}: reporting the outcome failed; the task is tried again when the lease expires",
          work,
          failure);
    } finally {
      whenEnded.run();
    }
  }

  private Outcome work() {
    try {
      return types.run(work).at(work.reported());
    } catch (Throwable failure) {
      return outcomeOf(failure);
    }
  }

  private Outcome outcomeOf(Throwable failure) {
    return switch (failure) {
      case NoLongSlot _ -> new Released();
      case BadInput bad -> new GiveUp(bad.fault(), work.reported());
      case TransientFailure passing -> {
        LOG.debug("{}: failed", work, passing);
        yield new Retry(passing.fault(), true);
      }
      case DiskFull _ -> storeIsFull();
      case UncheckedIOException unchecked when unchecked.getCause() instanceof DiskFull ->
          storeIsFull();
      case IOException _, UncheckedIOException _ -> {
        logUnlessStopped(failure);
        String detail = "The worker could not read from or write to the sheet store.";
        yield new Retry(TaskError.of("store-failed", "The sheet store failed", detail), true);
      }
      default -> {
        logUnlessStopped(failure);
        String detail = "The worker failed unexpectedly. Its log has the reason and the task's id.";
        yield new Retry(TaskError.of("worker-error", "The worker failed", detail), false);
      }
    };
  }

  private static Retry storeIsFull() {
    String detail =
        "The disk of the sheet store has too little free space. The task is tried again. The"
            + " operator of the service has to free disk space or enlarge the store.";
    return new Retry(TaskError.of("store-full", "The sheet store is full", detail), true);
  }

  private void report(Outcome outcome, long begun) {
    try {
      switch (delivery.deliver(work, outcome)) {
        case RECORDED -> {
          long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
          LOG.info("{}: {}, after {} ms", work, describe(outcome), millis);
        }
        case NOT_LIVE -> {
          LOG.info("{}: superseded, or the task was cancelled; deleting the sheet", work);
          discard();
        }
        case UNKNOWN ->
            LOG.warn("{}: the sheet is kept until billing-service knows if it is needed", work);
      }
    } catch (InterruptedException shutdown) {
      LOG.warn(
          "{}: the worker stopped before the outcome was recorded; the task is tried again", work);
    }
  }

  private static String describe(Outcome outcome) {
    return switch (outcome) {
      case Done(WrittenSheet sheet, var _, var _) ->
          sheet == null ? "done" : "wrote " + sheet.rows() + " rows";
      case Retry(TaskError error, var _) ->
          "failed, another attempt may succeed (" + error.detail() + ")";
      case GiveUp(TaskError error, var _) -> "failed for good (" + error.detail() + ")";
      case Released() -> "given back";
    };
  }

  private void discard() {
    try {
      work.discard();
    } catch (IOException failure) {
      LOG.warn("{}: cannot delete the sheet; billing-service deletes it later", work, failure);
    }
  }

  private void logUnlessStopped(Throwable failure) {
    if (isWorking()) {
      LOG.warn("{}: failed; billing-service decides whether it is tried again", work, failure);
    }
  }

  private synchronized boolean isWorking() {
    return state == State.WORKING;
  }

  /**
   * Interrupts the work. A repeated call interrupts again, because the work may have swallowed the
   * first interrupt. Returns whether this is the first stop.
   */
  private synchronized boolean stop(State reason) {
    if (state == State.REPORTING) {
      return false;
    }
    boolean first = state == State.WORKING;
    state = first ? reason : state;
    thread.interrupt();
    return first;
  }

  /**
   * From now on nothing interrupts the thread. Returns the state before, which tells whether the
   * work was stopped.
   */
  private synchronized State endWork() {
    State end = state;
    state = State.REPORTING;
    Thread.interrupted();
    return end;
  }
}
