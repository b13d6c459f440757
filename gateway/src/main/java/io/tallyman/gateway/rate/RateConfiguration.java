package io.tallyman.gateway.rate;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * @param perUser requests of one user for each second, those of API keys included
 * @param perAddress requests without a known user from one network address for each second
 */
@Context
@ConfigurationProperties("tallyman.rate")
record RateConfiguration(
    @Bindable(defaultValue = "3000") @Min(1) @Max(1_000_000) int perUser,
    @Bindable(defaultValue = "1000") @Min(1) @Max(1_000_000) int perAddress) {}
