package io.tallyman.billing.database;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What the pools beside that of ordinary requests are told, checked before they are made so that a
 * bad value is named.
 *
 * @param sums how many queries may sum up many rows at once, over connections of ordinary requests;
 *     one of these connections is always left for other requests
 * @param attemptConnections the most for claims, heartbeats and outcomes
 * @param attemptMinConnections how many of these stay open; never more than the most
 * @param applyConnections the most for the apply and the undo of imports
 * @param applyMinConnections how many of these stay open; never more than the most
 * @param streamConnections the most for long reads and writes
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
