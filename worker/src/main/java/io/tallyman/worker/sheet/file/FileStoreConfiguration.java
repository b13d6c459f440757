package io.tallyman.worker.sheet.file;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;

/**
 * @param directory the sheet store, which all workers and billing-service share
 * @param minFreeBytes nothing is written to the store while less than this is free on its disk, or
 *     less than a tenth of a small disk
 */
@Context
@ConfigurationProperties("tallyman.store")
record FileStoreConfiguration(
    @NotNull Path directory,
    @Bindable(defaultValue = "268435456") @PositiveOrZero long minFreeBytes) {}
