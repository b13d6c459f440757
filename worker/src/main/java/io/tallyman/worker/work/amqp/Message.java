package io.tallyman.worker.work.amqp;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a message of the dispatch queue says. It is all in the headers; there is no body. */
public sealed interface Message {
  /**
   * A task that waits to be claimed.
   *
   * @param dispatchNo how often it was dispatched; the claim has to name the last
   */
  record Dispatch(UUID id, String task, int dispatchNo) implements Message {}

  /** A message that nobody can make sense of, now or later. */
  record Unreadable(String reason) implements Message {}

  static Message read(@Nullable Map<String, Object> headers) {
    if (headers == null) {
      return new Unreadable("it has no headers");
    }
    Object id = headers.get("id");
    Object task = headers.get("task");
    Object dispatchNo = headers.get("dispatch_no");
    if (id == null || task == null || !(dispatchNo instanceof Number number)) {
      return new Unreadable("id, task or dispatch_no is missing: " + headers);
    }
    try {
      return new Dispatch(UUID.fromString(id.toString()), task.toString(), number.intValue());
    } catch (IllegalArgumentException notUuid) {
      return new Unreadable("id is not a UUID: " + id);
    }
  }
}
