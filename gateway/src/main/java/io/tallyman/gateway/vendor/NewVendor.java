package io.tallyman.gateway.vendor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** A new vendor. The gateway checks the names of the fields, billing-service checks the values. */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
record NewVendor(
    @Nullable String accountName,
    @Nullable String accountNumber,
    @Nullable String currency,
    @Nullable Long managerId) {}
