package io.tallyman.billing.tasklist;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.state.Task;
import io.tallyman.kit.page.Keyset;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import io.tallyman.kit.page.Pages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tasks that the sender of the current request may see, the newest first. Their {@code
 * queue_position} is null, because counting it for each task of a page is expensive.
 */
@Singleton
final class TaskList {
  private static final Keyset<Task, Position> ORDER =
      new Keyset<>("tasks", Position.class, task -> new Position(task.createdAt(), task.taskId()));

  private final Jdbi jdbi;
  private final Pages pages;

  @Serdeable
  public record Position(Instant createdAt, UUID id) {}

  TaskList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<Task> page(TaskFilter filter, PageRequest request) {
    return pages.page(ORDER, filter, request, (after, count) -> rows(filter, after, count));
  }

  private List<Task> rows(TaskFilter filter, @Nullable Position after, int count) {
    return filter
        .conditions()
        .where("(created_at, id) < (:position.createdAt, :position.id)", after)
        .rows(
            jdbi,
            Task.class,
            count,
            """
            SELECT *, NULL::integer AS queue_position FROM task
            <conditions>
            ORDER BY created_at DESC, id DESC
            LIMIT :count
            """);
  }
}
