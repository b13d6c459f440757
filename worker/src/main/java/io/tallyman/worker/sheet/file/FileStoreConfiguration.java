package io.tallyman.worker.sheet.file;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;

/**
 * @param directory the sheet store, which all workers and billing-service share
 * @param minFreeBytes sheets are not written while the store's disk has fewer free bytes than this,
 *     or, on a small disk, less than a tenth free
 */
@Context
@ConfigurationProperties("tallyman.store")
record FileStoreConfiguration(
    @NotNull Path directory,
    @Bindable(defaultValue = "268435456") @PositiveOrZero long minFreeBytes) {}
