package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.JsonEncoder;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import io.tallyman.gateway.task.TaskQuery;
import io.tallyman.kit.page.Page;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads the first tasks that match a filter. */
@Singleton
final class SnapshotReader {
  private static final String MOST = "200";

  private final TaskClient tasks;
  private final JsonEncoder encoder;

  SnapshotReader(TaskClient tasks, JsonEncoder encoder) {
    this.tasks = tasks;
    this.encoder = encoder;
  }

  Snapshot read(TaskFilter filter) {
    Page<Task> page =
        tasks.list(
            new TaskQuery(
                filter.status(),
                filter.task(),
                text(filter.from()),
                text(filter.to()),
                text(filter.submittedBy())),
            MOST,
            null);
    return new Snapshot(encoder, page.data(), page.nextCursor());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
