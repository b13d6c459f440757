package io.tallyman.billing.store;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * @param uploadRetention how long the upload of an ended import is kept
 */
@Context
@ConfigurationProperties("tallyman.store")
record UploadSweeperConfiguration(@Bindable(defaultValue = "7d") Duration uploadRetention) {
  UploadSweeperConfiguration {
    if (uploadRetention.isNegative()) {
      throw new IllegalArgumentException("tallyman.store.upload-retention must not be negative");
    }
  }
}
