package io.tallyman.worker.work;

import io.tallyman.kit.request.RequestId;
import io.tallyman.worker.sheet.Store;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts. */
@Singleton
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final TaskTypes types;
  private final Store store;
  private final BillingServiceClient billingService;
  private final OutcomeDelivery delivery;

  Attempts(
      TaskTypes types, Store store, BillingServiceClient billingService, OutcomeDelivery delivery) {
    this.types = types;
    this.store = store;
    this.billingService = billingService;
    this.delivery = delivery;
  }

  Attempt begin(Claimed claimed) {
    try (var _ = RequestId.inLog(claimed.requestId())) {
      LOG.info("{}: claimed", claimed);
      Attempt attempt = new Attempt(new Work(claimed, store), types, billingService, delivery);
      attempt.start();
      return attempt;
    }
  }
}
