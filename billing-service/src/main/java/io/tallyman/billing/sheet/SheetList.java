package io.tallyman.billing.sheet;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
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
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/** Lists the manifests that the sender of the current request may see, the newest first. */
@Singleton
final class SheetList {
  private static final Keyset<Row, Position> ORDER =
      new Keyset<>(
          "sheets", Position.class, row -> new Position(row.createdAt(), row.sheet().sheetId()));

  private final Jdbi jdbi;
  private final Pages pages;

  /**
   * @param from inclusive lower bound of the creation time
   * @param to exclusive upper bound of the creation time
   */
  @Serdeable
  record Filter(@Nullable UUID taskId, @Nullable Instant from, @Nullable Instant to) {}

  @Serdeable
  public record Position(Instant createdAt, UUID id) {}

  public record Row(@Nested Sheet sheet, Instant createdAt) {}

  SheetList(Jdbi jdbi, Pages pages) {
    this.jdbi = jdbi;
    this.pages = pages;
  }

  Page<Sheet> page(Filter filter, PageRequest request) {
    return pages
        .page(ORDER, filter, request, (after, count) -> rows(filter, after, count))
        .map(Row::sheet);
  }

  private List<Row> rows(Filter filter, @Nullable Position after, int count) {
    return new Conditions()
        .where("task_id = :taskId", "taskId", filter.taskId())
        .where("created_at >= :from", "from", filter.from())
        .where("created_at < :to", "to", filter.to())
        .where(Visible.TASK, "owner", Visible.owner())
        .where("(created_at, id) < (:position.createdAt, :position.id)", after)
        .rows(
            jdbi,
            Row.class,
            count,
            """
            SELECT %s, created_at FROM sheet
            <conditions>
            ORDER BY created_at DESC, id DESC
            LIMIT :count
            """
                .formatted(Sheet.COLUMNS));
  }
}
