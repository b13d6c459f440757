package io.tallyman.billing.vendor;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To whom money is owed.
 *
 * @param accountNumber unique where there is one
 * @param currency the currency that its billings usually have, ISO 4217
 * @param managerId the user who answers for it
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
