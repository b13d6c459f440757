package io.tallyman.gateway.vendor;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person or an organisation that is owed money.
 *
 * @param managerId the user who is responsible for the vendor
 */
@Serdeable
public record Vendor(
    long id,
    String accountName,
    @Nullable String accountNumber,
    @Nullable String currency,
    @Nullable Long managerId,
    Instant createdAt) {}
