package io.tallyman.gateway.group;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A group, as billing-service sends it. */
@Serdeable
public record Group(
    UUID groupId,
    TaskStatus status,
    Map<String, Integer> counts,
    Instant createdAt,
    List<Task> tasks) {}
