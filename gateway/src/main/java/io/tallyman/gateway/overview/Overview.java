package io.tallyman.gateway.overview;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.account.User;
import io.tallyman.gateway.vendor.Vendor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user with the vendors that they manage. A part whose service is away, fails or is slow is null
 * and named in {@code unavailable}.
 *
 * @param vendors the first 200 in the order in which they were added
 * @param vendorsNext where the vendors after those are listed; null where there are none
 * @param payables what is owed to all those vendors, not only the first, by currency
 * @param unavailable of {@code user}, {@code vendors} and {@code payables}, in this order
 */
@Serdeable
record Overview(
    @Nullable User user,
    @Nullable List<Vendor> vendors,
    @Nullable String vendorsNext,
    @Nullable List<ManagedPayables.Total> payables,
    List<String> unavailable) {}
