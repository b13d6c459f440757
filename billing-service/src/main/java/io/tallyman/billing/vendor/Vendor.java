package io.tallyman.billing.vendor;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vendor: somebody to whom money is owed.
 *
 * @param accountNumber unique; null if there is none
 * @param currency the default currency of its billings, an ISO 4217 code; null if there is none
 * @param managerId the id of the user who is responsible for it; null if there is none
 */
@Serdeable
@MappedEntity
public record Vendor(
    @Id long id,
    String accountName,
    @Nullable String accountNumber,
    @Nullable String currency,
    @Nullable Long managerId,
    Instant createdAt) {}
