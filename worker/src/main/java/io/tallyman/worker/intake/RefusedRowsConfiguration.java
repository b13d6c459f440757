package io.tallyman.worker.intake;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/**
 * The limits of an import's sheet of refused rows. Refused rows beyond them are counted but not
 * listed.
 *
 * @param maxRows the most rows to list
 * @param maxBytes the size in bytes after which no more rows are listed
 */
@Context
@ConfigurationProperties("tallyman.refused-rows")
record RefusedRowsConfiguration(
    @Bindable(defaultValue = "1000000") @Positive long maxRows,
    @Bindable(defaultValue = "268435456") @Positive long maxBytes) {}
