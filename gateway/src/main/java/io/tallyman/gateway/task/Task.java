package io.tallyman.gateway.task;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task, as billing-service sends it. The parts that depend on the task type (parameters,
 * progress, result, error) are passed on unchanged.
 *
 * @param seq the number of its last event
 * @param submittedBy the id of the user who submitted it; null if unknown
 */
@Serdeable
public record Task(
    UUID taskId,
    String task,
    JsonNode parameters,
    TaskStatus status,
    int seq,
    @Nullable JsonNode progress,
    int attempt,
    int maxAttempts,
    int priority,
    @Nullable Instant eta,
    @Nullable Integer queuePosition,
    @Nullable JsonNode result,
    @Nullable JsonNode error,
    @Nullable UUID retryOf,
    @Nullable UUID groupId,
    @Nullable Long submittedBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    Instant updatedAt,
    @Nullable Instant dateDone,
    @Nullable Instant expiresAt) {

  /** The sheet that the task wrote: its result, or what an import refused. */
  Optional<String> sheet() {
    return Stream.of("sheet_id", "error_sheet_id")
        .flatMap(name -> Stream.ofNullable(result).map(fields -> fields.get(name)))
        .filter(id -> id != null && id.isString())
        .map(JsonNode::getStringValue)
        .findFirst();
  }
}
