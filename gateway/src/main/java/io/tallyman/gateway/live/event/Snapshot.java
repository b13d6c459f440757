package io.tallyman.gateway.live.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The current state of a subscription's tasks. Clients that see all of it share its bytes. */
public final class Snapshot {
  private final List<Part> parts;
  private final byte[] next;
  private byte @Nullable [] whole;

  public Snapshot(JsonEncoder encoder, List<Task> tasks, @Nullable String nextCursor) {
    this.parts =
        tasks.stream()
            .map(
                task -> new Part(Subject.of(task), task.seq(), encoder.encode(LinkedTask.of(task))))
            .toList();
    this.next = nextCursor == null ? bytes("null") : encoder.encode(nextCursor);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(Subject subject, int seq, byte[] json) {}

  /** The JSON object, with the tasks that the client may see. */
  public byte[] json(Predicate<Subject> visible) {
    if (!parts.stream().map(Part::subject).allMatch(visible)) {
      return compose(parts.stream().filter(part -> visible.test(part.subject())).toList());
    }
    byte[] done = whole;
    if (done == null) {
      done = compose(parts);
      whole = done;
    }
    return done;
  }

  public List<Subject> subjects() {
    return parts.stream().map(Part::subject).toList();
  }

  /** The {@code seq} of each task. */
  public Map<UUID, Integer> seqs() {
    Map<UUID, Integer> seqs = new HashMap<>();
    parts.forEach(part -> seqs.put(part.subject().taskId(), part.seq()));
    return seqs;
  }

  private byte[] compose(List<Part> shown) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes(bytes("{\"tasks\":["));
    for (int index = 0; index < shown.size(); index++) {
      if (index > 0) {
        json.write(',');
      }
      json.writeBytes(shown.get(index).json());
    }
    json.writeBytes(bytes("],\"next_cursor\":"));
    json.writeBytes(next);
    json.write('}');
    return json.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
