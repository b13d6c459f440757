package io.tallyman.gateway.vendor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.patch.Change;

/**
 * Changes to a vendor. The gateway checks the names of the fields, billing-service checks the
 * values.
 */
@Serdeable
@JsonIgnoreProperties(ignoreUnknown = false)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ChangedVendor(
    Change<String> accountName,
    Change<String> accountNumber,
    Change<String> currency,
    Change<Long> managerId) {}
