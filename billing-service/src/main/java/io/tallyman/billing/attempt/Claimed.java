package io.tallyman.billing.attempt;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that a claim began, and what its worker has to know.
 *
 * @param leaseMs the lease in milliseconds: how long the attempt stays live without a heartbeat
 * @param heartbeatMs the interval of heartbeats, in milliseconds
 * @param sheetFile the name, in the store, under which the attempt writes its sheet
 * @param mostInline the largest sheet, in bytes, that the worker sends with the outcome instead of
 *     storing it
 * @param uploadFile the name of the task's upload in the store; null if the task type reads none
 * @param input what the attempt reads, if it is little and the claim was one of many; null if the
 *     attempt has to read for itself
 * @param requestId the id of the request that submitted the task, for the worker's log; null if
 *     unknown
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
    int mostInline,
    @Nullable String uploadFile,
    @Nullable JsonNode input,
    @Nullable String requestId) {

  Claimed with(@Nullable JsonNode read) {
    return new Claimed(
        taskId,
        attempt,
        task,
        parameters,
        leaseMs,
        heartbeatMs,
        sheetFile,
        mostInline,
        uploadFile,
        read,
        requestId);
  }
}
