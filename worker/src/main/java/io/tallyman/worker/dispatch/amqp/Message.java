package io.tallyman.worker.dispatch.amqp;

import java.util.Arrays;
import java.util.Base64;
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

  /**
   * A message that nobody can make sense of, now or later.
   *
   * @param headers as text, cut off where they are long
   * @param body in base64, cut off likewise
   */
  record Unreadable(String reason, String headers, String body) implements Message {
    private static final int LONG = 10_000;

    static Unreadable because(String reason, @Nullable Map<String, Object> headers, byte[] body) {
      // A character that PostgreSQL cannot hold.
      String text = String.valueOf(headers).replace('\0', '\ufffd');
      byte[] beginning = Arrays.copyOf(body, Math.min(body.length, LONG));
      return new Unreadable(
          reason,
          text.substring(0, Math.min(text.length(), LONG)),
          Base64.getEncoder().encodeToString(beginning));
    }
  }

  /** Reads headers; the body only says what it is that cannot be read. */
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
