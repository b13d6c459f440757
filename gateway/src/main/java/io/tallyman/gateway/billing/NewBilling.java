package io.tallyman.gateway.billing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** A billing as it is asked for. Its names are checked here, its values by billing-service. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewBilling(
    @Nullable Long vendorId,
    @Nullable String dateBilled,
    @Nullable String payable,
    @Nullable String currency,
    @Nullable Integer totalIssues,
    @Nullable String reference) {}
