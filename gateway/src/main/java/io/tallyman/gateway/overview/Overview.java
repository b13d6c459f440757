package io.tallyman.gateway.overview;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.account.User;
import io.tallyman.gateway.vendor.Vendor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user with the vendors that they manage. If a service is away, fails or is slow, its part is
 * null, and {@code unavailable} contains the name of the part.
 *
 * @param vendors the first 200 vendors, in the order in which they were added
 * @param vendorsNext the list of the further vendors; null if there are no more
 * @param payables the payables of all these vendors, not only of the first 200, by currency
 * @param unavailable the names of missing parts: {@code user}, {@code vendors}, {@code payables},
 *     in this order
 */
@Serdeable
record Overview(
    @Nullable User user,
    @Nullable List<Vendor> vendors,
    @Nullable String vendorsNext,
    @Nullable List<ManagedPayables.Total> payables,
    List<String> unavailable) {}
