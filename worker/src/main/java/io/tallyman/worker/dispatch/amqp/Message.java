package io.tallyman.worker.dispatch.amqp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of the dispatch queue. Everything is in its headers; it has no body. {@code id}, {@code
 * task} and {@code dispatch_no} are of the first task; the list {@code more} has a table with these
 * three fields for each further task.
 */
public sealed interface Message {
  /** Tasks that wait to be claimed; at least one, the most urgent first. */
  record Offer(List<Dispatch> dispatches) implements Message {}

  /**
   * A task that waits to be claimed.
   *
   * @param dispatchNo the number of this dispatch; a claim is granted only with the task's latest
   *     number
   */
  record Dispatch(UUID id, String task, int dispatchNo) {}

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
    try {
      List<Dispatch> dispatches = new ArrayList<>();
      dispatches.add(dispatch(headers));
      if (headers.get("more") instanceof List<?> more) {
        more.forEach(each -> dispatches.add(dispatch((Map<?, ?>) each)));
      }
      return new Offer(List.copyOf(dispatches));
    } catch (ClassCastException notTable) {
      return Unreadable.because("more is not a list of tables", headers, body);
    } catch (IllegalArgumentException unreadable) {
      return Unreadable.because(String.valueOf(unreadable.getMessage()), headers, body);
    }
  }

  private static Dispatch dispatch(Map<?, ?> fields) {
    Object id = fields.get("id");
    Object task = fields.get("task");
    Object dispatchNo = fields.get("dispatch_no");
    if (id == null || task == null || !(dispatchNo instanceof Number number)) {
      throw new IllegalArgumentException("id, task or dispatch_no is missing");
    }
    return new Dispatch(uuid(id.toString()), task.toString(), number.intValue());
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException notUuid) {
      throw new IllegalArgumentException("id is not a UUID", notUuid);
    }
  }
}
