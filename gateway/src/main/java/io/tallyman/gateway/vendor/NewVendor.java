package io.tallyman.gateway.vendor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** A vendor as it is asked for. Its names are checked here, its values by billing-service. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewVendor(
    @Nullable String accountName,
    @Nullable String accountNumber,
    @Nullable String currency,
    @Nullable Long managerId) {}
