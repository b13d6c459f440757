package io.tallyman.gateway.audit;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/**
 * Which events are listed. The services check the values.
 *
 * @param who the id of the user who did it
 * @param what the code of the event
 * @param which the id of the object
 * @param from inclusive lower bound of the time
 * @param to exclusive upper bound of the time
 */
@Introspected
record AuditFilter(
    @Nullable @QueryValue String who,
    @Nullable @QueryValue String what,
    @Nullable @QueryValue String which,
    @Nullable @QueryValue String from,
    @Nullable @QueryValue String to) {}
