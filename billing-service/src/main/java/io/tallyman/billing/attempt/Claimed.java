package io.tallyman.billing.attempt;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that a claim began, and what its worker has to know.
 *
 * @param leaseMs how long the attempt stays live without a heartbeat
 * @param heartbeatMs how often a heartbeat is expected
 * @param sheetFile where in the store the attempt's sheet goes
 * @param uploadFile where in the store the upload is that the task is about
 * @param requestId of the request that the task was accepted with, for the worker's log
 */
@Serdeable
record Claimed(
    UUID taskId,
    int attempt,
    String task,
    JsonNode parameters,
    long leaseMs,
    long heartbeatMs,
    String sheetFile,
    @Nullable String uploadFile,
    @Nullable String requestId) {}
