package io.tallyman.worker.dispatch.amqp;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message of the dispatch queue. Everything is in its headers; it has no body. */
public sealed interface Message {
  /**
   * A task that waits to be claimed.
   *
   * @param dispatchNo the number of this dispatch; a claim is granted only with the task's latest
   *     number
   */
  record Dispatch(UUID id, String task, int dispatchNo) implements Message {}

  /**
   * A message that no worker can read.
   *
   * @param headers as text, at most 10,000 characters
   * @param body the first 10,000 bytes, in base64
   */
  record Unreadable(String reason, String headers, String body) implements Message {
    private static final int LONG = 10_000;

    static Unreadable because(String reason, @Nullable Map<String, Object> headers, byte[] body) {
      // PostgreSQL cannot store NUL in text.
      String text = String.valueOf(headers).replace('\0', '\ufffd');
      byte[] beginning = Arrays.copyOf(body, Math.min(body.length, LONG));
      return new Unreadable(
          reason,
          text.substring(0, Math.min(text.length(), LONG)),
          Base64.getEncoder().encodeToString(beginning));
    }
  }

  /** Reads the headers. The body is kept only for an unreadable message. */
  static Message read(@Nullable Map<String, Object> headers, byte[] body) {
    if (headers == null) {
      return Unreadable.because("it has no headers", null, body);
    }
    Object id = headers.get("id");
    Object task = headers.get("task");
    Object dispatchNo = headers.get("dispatch_no");
    if (id == null || task == null || !(dispatchNo instanceof Number number)) {
      return Unreadable.because("id, task or dispatch_no is missing", headers, body);
    }
    try {
      return new Dispatch(UUID.fromString(id.toString()), task.toString(), number.intValue());
    } catch (IllegalArgumentException notUuid) {
      return Unreadable.because("id is not a UUID", headers, body);
    }
  }
}
