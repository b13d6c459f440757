package io.tallyman.gateway.live.websocket;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A frame of a client. */
sealed interface ClientFrame {
  /** The name of the frame, which its reply repeats. */
  String ref();

  /**
   * @param resumeFrom the last {@code seq} that the client has, by the id of the task
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Subscribe(
      String type,
      String ref,
      @Nullable List<UUID> taskIds,
      @Nullable UUID groupId,
      @Nullable Filter filter,
      @Nullable Map<String, Integer> resumeFrom)
      implements ClientFrame {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Filter(
      @Nullable String status,
      @Nullable String task,
      @Nullable String from,
      @Nullable String to,
      @Nullable Long submittedBy) {}

  /**
   * @param subscription the ref of a subscribe frame
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Unsubscribe(String type, String ref, String subscription) implements ClientFrame {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Cancel(String type, String ref, UUID taskId) implements ClientFrame {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Ping(String type, String ref) implements ClientFrame {}
}
