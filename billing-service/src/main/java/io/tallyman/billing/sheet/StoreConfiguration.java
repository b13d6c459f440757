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
 * @param minFreeBytes uploads are refused while the store's disk has fewer free bytes than this,
 *     or, on a small disk, less than a tenth free
 * @param uploadRetention how long an upload is kept after its import ended
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
