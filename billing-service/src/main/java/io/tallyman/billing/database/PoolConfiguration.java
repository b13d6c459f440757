package io.tallyman.billing.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The sizes of the connection pools other than that of ordinary requests. They are validated before
 * the pools are created, so that an error names the bad setting.
 *
 * @param sums how many queries that sum many rows may run at once; they use connections of ordinary
 *     requests, and always leave one connection for other requests
 * @param attemptConnections the most connections for claims, heartbeats and outcomes
 * @param attemptMinConnections how many of these stay open; never more than the most
 * @param applyConnections the most connections for applying and undoing imports
 * @param applyMinConnections how many of these stay open; never more than the most
 * @param streamConnections the most connections for long reads and writes
 * @param streamMinConnections how many of these stay open; never more than the most
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConfigurationProperties("tallyman.database")
record PoolConfiguration(
    @Min(1) @Max(1000) int sums,
    @Min(1) @Max(1000) int attemptConnections,
    @Min(0) @Max(1000) int attemptMinConnections,
    @Min(1) @Max(1000) int applyConnections,
    @Min(0) @Max(1000) int applyMinConnections,
    @Min(1) @Max(1000) int streamConnections,
    @Min(0) @Max(1000) int streamMinConnections) {}
