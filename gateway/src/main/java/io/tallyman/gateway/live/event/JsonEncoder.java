package io.tallyman.gateway.live.event;

import io.micronaut.json.JsonMapper;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encodes what clients get. */
@Singleton
public final class JsonEncoder {
  private final JsonMapper json;

  JsonEncoder(JsonMapper json) {
    this.json = json;
  }

  public byte[] encode(Object value) {
    try {
      return json.writeValueAsBytes(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Encoded event(UUID id, TaskEvent event, boolean matches, @Nullable Task task) {
    LiveEvent live = LiveEvent.of(id, event, matches, task == null ? null : LinkedTask.of(task));
    return new Encoded(live.type(), id, event.seq(), event.status().isEnd(), encode(live));
  }

  public Encoded progress(TaskProgress progress) {
    ProgressEvent event = ProgressEvent.of(progress);
    return new Encoded(event.type(), progress.taskId(), 0, false, encode(event));
  }
}
