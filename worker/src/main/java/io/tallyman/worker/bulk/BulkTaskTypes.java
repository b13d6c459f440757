package io.tallyman.worker.bulk;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

@Factory
final class BulkTaskTypes {
  @Singleton
  @Named("cancel")
  BulkTask cancel(BulkClient client) {
    return new BulkTask("tasks.cancel", "cancelling", client);
  }

  @Singleton
  @Named("retry")
  BulkTask retry(BulkClient client) {
    return new BulkTask("tasks.retry", "retrying", client);
  }
}
