package io.tallyman.worker.stream;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import jakarta.validation.constraints.NotNull;
import java.net.URI;

/**
 * @param url the base URL of billing-service, without a path
 */
@Context
@ConfigurationProperties("tallyman.billing-service")
record BillingServiceConfiguration(@NotNull URI url) {}
