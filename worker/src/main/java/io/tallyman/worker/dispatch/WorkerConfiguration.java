package io.tallyman.worker.dispatch;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * @param id the worker's id at billing-service; it must be unique among live workers
 * @param slots how many attempts it runs at once
 */
@Context
@ConfigurationProperties("tallyman.worker")
record WorkerConfiguration(
    @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,100}") String id, @Min(1) @Max(64) int slots) {}
