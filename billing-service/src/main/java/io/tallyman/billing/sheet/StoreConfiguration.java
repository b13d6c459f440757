package io.tallyman.billing.sheet;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param directory the sheet store, which workers share
 * @param minFreeBytes no upload is stored while less than this is free on the disk of the store, or
 *     less than a tenth of a small disk
 * @param uploadRetention how long the upload of an ended import is kept
 */
@Context
@ConfigurationProperties("tallyman.store")
record StoreConfiguration(
    @NotNull Path directory,
    @Bindable(defaultValue = "268435456") @PositiveOrZero long minFreeBytes,
    @Bindable(defaultValue = "7d") Duration uploadRetention) {
  StoreConfiguration {
    if (uploadRetention.isNegative()) {
      throw new IllegalArgumentException("tallyman.store.upload-retention must not be negative");
    }
  }
}
