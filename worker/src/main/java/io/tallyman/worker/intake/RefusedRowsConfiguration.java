package io.tallyman.worker.intake;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/**
 * How much the sheet of an import's refused rows may hold. All refused rows are counted, whether or
 * not they are listed.
 *
 * @param maxRows how many rows are listed at most
 * @param maxBytes no row is listed any more once the sheet is so large
 */
@Context
@ConfigurationProperties("tallyman.refused-rows")
record RefusedRowsConfiguration(
    @Bindable(defaultValue = "1000000") @Positive long maxRows,
    @Bindable(defaultValue = "268435456") @Positive long maxBytes) {}
