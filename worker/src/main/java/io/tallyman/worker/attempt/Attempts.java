package io.tallyman.worker.attempt;

import io.tallyman.kit.request.RequestId;
import io.tallyman.worker.sheet.SheetStore;
import io.tallyman.worker.task.Claimed;
import io.tallyman.worker.task.LongSlots;
import io.tallyman.worker.task.TaskTypes;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts. */
@Singleton
public final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final TaskTypes types;
  private final SheetStore store;
  private final LongSlots longSlots;
  private final Heartbeats heartbeats;
  private final OutcomeDelivery delivery;

  Attempts(
      TaskTypes types,
      SheetStore store,
      LongSlots longSlots,
      Heartbeats heartbeats,
      OutcomeDelivery delivery) {
    this.types = types;
    this.store = store;
    this.longSlots = longSlots;
    this.heartbeats = heartbeats;
    this.delivery = delivery;
  }

  /**
   * @param whenEnded runs when the attempt has ended
   */
  public Attempt begin(Claimed claimed, Runnable whenEnded) {
    try (var _ = RequestId.inLog(claimed.requestId())) {
      LOG.debug("{}: claimed", claimed);
      Attempt attempt =
          new Attempt(new Work(claimed, store, longSlots), types, heartbeats, delivery, whenEnded);
      attempt.start();
      return attempt;
    }
  }
}
