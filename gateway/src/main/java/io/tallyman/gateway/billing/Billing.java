package io.tallyman.gateway.billing;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount that is owed to a vendor.
 *
 * @param importId the import that added it; null if it was added by {@code POST /billings}
 * @param line the line of the imported file
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
