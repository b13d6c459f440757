package io.tallyman.billing.store.file;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;

/**
 * @param directory the sheet store, which workers share
 * @param minFreeBytes no upload is stored while less than this is free on the disk of the store, or
 *     less than a tenth of a small disk
 */
@Context
@ConfigurationProperties("tallyman.store")
record FileStoreConfiguration(
    @NotNull Path directory,
    @Bindable(defaultValue = "268435456") @PositiveOrZero long minFreeBytes) {}
