package io.tallyman.gateway.vendor;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To whom money is owed.
 *
 * @param managerId the user who answers for it
 */
@Serdeable
public record Vendor(
    long id,
    String accountName,
    @Nullable String accountNumber,
    @Nullable String currency,
    @Nullable Long managerId,
    Instant createdAt) {}
