package io.tallyman.gateway.task;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a task, ordered by {@code seq}, as billing-service sends them. */
@Serdeable
record TaskEvents(List<TaskEvent> data) {
  @Serdeable
  record TaskEvent(
      int seq,
      Instant at,
      TaskStatus status,
      int attempt,
      @Nullable String workerId,
      @Nullable String reason) {}
}
