package io.tallyman.billing.task;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.state.Task;
import io.tallyman.kit.database.Conditions;
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

  private static final String EXCLUDES = "-";

  private final Jdbi jdbi;
  private final Pages pages;

  /**
   * @param status the name of a status; a hyphen before it excludes the status
   * @param task the name of a type; a hyphen before it excludes the type
   * @param from inclusive lower bound of the creation time
   * @param to exclusive upper bound of the creation time
   * @param submittedBy the user who submitted it
   */
  @Serdeable
  record Filter(
      @Nullable String status,
      @Nullable String task,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long submittedBy) {}

  @Serdeable
  public record Position(Instant createdAt, UUID id) {}

  TaskList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<Task> page(Filter filter, PageRequest request) {
    return pages.page(ORDER, filter, request, (after, count) -> rows(filter, after, count));
  }

  /** The status or the type that a criterion names, without the hyphen that excludes it. */
  static String value(String criterion) {
    return excludes(criterion) ? criterion.substring(EXCLUDES.length()) : criterion;
  }

  private static boolean excludes(String criterion) {
    return criterion.startsWith(EXCLUDES);
  }

  private static void restrict(Conditions conditions, String column, @Nullable String criterion) {
    if (criterion != null) {
      String operator = excludes(criterion) ? "<>" : "=";
      conditions.where("%s %s :%s".formatted(column, operator, column), column, value(criterion));
    }
  }

  private List<Task> rows(Filter filter, @Nullable Position after, int count) {
    Conditions conditions = new Conditions();
    restrict(conditions, "status", filter.status());
    restrict(conditions, "task", filter.task());
    return conditions
        .where("created_at >= :from", "from", filter.from())
        .where("created_at < :to", "to", filter.to())
        .where("submitted_by = :submittedBy::text", "submittedBy", filter.submittedBy())
        .where("submitted_by = :owner", "owner", Visible.owner())
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
