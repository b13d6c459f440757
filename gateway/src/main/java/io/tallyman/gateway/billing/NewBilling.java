package io.tallyman.gateway.billing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** A new billing. The gateway checks the names of the fields, billing-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewBilling(
    @Nullable Long vendorId,
    @Nullable String dateBilled,
    @Nullable String payable,
    @Nullable String currency,
    @Nullable Integer totalIssues,
    @Nullable String reference) {}
