package io.tallyman.worker.dispatch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * @param id the worker's id at billing-service; it must be unique among live workers
 * @param slots how many long attempts it runs at once
 * @param lightSlots how many attempts it runs at once besides
 */
@Context
@ConfigurationProperties("tallyman.worker")
record WorkerConfiguration(
    @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") String id,
    @Min(1) @Max(64) int slots,
    @Min(0) @Max(500) int lightSlots) {}
