package io.tallyman.gateway.live.websocket;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.kit.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reply to a frame of a client. */
sealed interface ServerFrame {
  /**
   * @param task the cancelled task; null otherwise
   */
  @Serdeable
  record Ack(String type, String ref, @Nullable LinkedTask task) implements ServerFrame {
    Ack(String ref, @Nullable LinkedTask task) {
      this("ack", ref, task);
    }
  }

  @Serdeable
  record Pong(String type, String ref) implements ServerFrame {
    Pong(String ref) {
      this("pong", ref);
    }
  }

  /**
   * @param taskId the task that the subscription goes on without; null if the frame had no effect
   */
  @Serdeable
  record Rejection(String type, String ref, @Nullable UUID taskId, Problem problem)
      implements ServerFrame {
    Rejection(String ref, @Nullable UUID taskId, Problem problem) {
      this("error", ref, taskId, problem);
    }
  }
}
