package io.tallyman.gateway.billing;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is owed to a vendor.
 *
 * @param importId the task that brought it; null where it was entered by hand
 * @param line of the file that the task read
 */
@Serdeable
record Billing(
    long id,
    long vendorId,
    LocalDate dateBilled,
    BigDecimal payable,
    String currency,
    int totalIssues,
    @Nullable String reference,
    @Nullable UUID importId,
    @Nullable Long line) {}
