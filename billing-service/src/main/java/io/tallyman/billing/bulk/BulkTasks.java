package io.tallyman.billing.bulk;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.attempt.Attempts;
import io.tallyman.billing.bulk.BulkType.Refused;
import io.tallyman.billing.bulk.BulkType.Result;
import io.tallyman.billing.database.JsonParameter;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.task.Retries;
import io.tallyman.billing.task.TaskLifecycle;
import io.tallyman.billing.tasklist.TaskFilter;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.database.RecordMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ids that bulk tasks have to change, and how far they are. A batch and the new position
 * are committed together, so no task is changed twice, whichever process dies.
 */
@Singleton
final class BulkTasks {
  /** The most tasks that one bulk task changes. */
  static final int MOST = 100_000;

  static final int BATCH = 200;

  private static final String ENDED = "task-ended";

  private final Jdbi jdbi;
  private final TaskLifecycle lifecycle;
  private final Attempts attempts;
  private final TaskTransitions transitions;
  private final Retries retries;
  private final JsonMapper json;

  BulkTasks(
      Jdbi jdbi,
      TaskLifecycle lifecycle,
      Attempts attempts,
      TaskTransitions transitions,
      Retries retries,
      JsonMapper json) {
    this.jdbi = jdbi;
    this.lifecycle = lifecycle;
    this.attempts = attempts;
    this.transitions = transitions;
    this.retries = retries;
    this.json = json;
  }

  /**
   * How far a bulk task is.
   *
   * @param result its result so far
   */
  @Serdeable
  record Step(int done, int total, Result result) {}

  public record Count(int count) {}

  public record Found(UUID id) {}

  public record Position(
      String task,
      @Nullable String submittedBy,
      @Nullable String requestId,
      int done,
      int total,
      JsonNode refused) {}

  /** How many tasks a bulk task would choose, at most one more than {@value #MOST}. */
  int count(BulkType type, TaskFilter filter) {
    return conditions(type, filter)
        .rows(
            jdbi,
            Count.class,
            MOST + 1,
            "SELECT count(*) FROM (SELECT FROM task <conditions> LIMIT :count) AS found")
        .getFirst()
        .count();
  }

  /**
   * Accepts a bulk task and fixes the tasks that it changes, in the current transaction.
   *
   * @throws TooManyMatches if they are too many
   */
  Task accept(BulkType type, TaskFilter filter) {
    List<UUID> chosen =
        conditions(type, filter)
            .rows(
                jdbi,
                Found.class,
                MOST + 1,
                """
                SELECT id FROM (SELECT id FROM task <conditions> LIMIT :count) AS found ORDER BY id
                """)
            .stream()
            .map(Found::id)
            .toList();
    if (chosen.size() > MOST) {
      throw new TooManyMatches(MOST);
    }
    UUID id = TaskLifecycle.newId();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("INSERT INTO bulk_task (task_id, ids) VALUES (:id, :ids)")
                .bind("id", id)
                .bindArray("ids", UUID.class, chosen)
                .execute());
    return lifecycle.accept(id, type, new BulkType.Parameters(filter, chosen.size()));
  }

  private static Conditions conditions(BulkType type, TaskFilter filter) {
    return filter
        .conditions()
        .where(
            type.condition() + " AND task <> ALL(:bulk)",
            "bulk",
            BulkType.NAMES.toArray(String[]::new));
  }

  /**
   * Changes the next batch. The lock lets one batch of a bulk task wait for another: a worker that
   * was taken for dead may still be asking.
   */
  Step step(UUID id, int attempt) throws IOException {
    return jdbi.inTransaction(
        transaction -> {
          Position position = lock(transaction, id);
          attempts.requireLive(id, attempt);
          List<UUID> batch = batch(transaction, id, position.done());
          Map<String, Integer> refused = refused(position);
          if (!batch.isEmpty()) {
            change(transaction, position, batch)
                .forEach((code, tasks) -> refused.merge(code, tasks, Integer::sum));
            advance(transaction, id, batch.size(), refused);
          }
          int done = position.done() + batch.size();
          return new Step(done, position.total(), result(done, refused));
        });
  }

  /** Returns how many tasks were left as they are, by the reason. */
  private Map<String, Integer> change(Handle transaction, Position position, List<UUID> batch)
      throws IOException {
    return switch (position.task()) {
      case CancelTasks.NAME -> {
        int ended = batch.size() - transitions.cancelAll(transaction, batch).size();
        yield ended == 0 ? Map.of() : Map.of(ENDED, ended);
      }
      case RetryTasks.NAME ->
          retries.retryAll(transaction, batch, position.submittedBy(), position.requestId());
      default -> throw new IllegalStateException(position.task() + " is no bulk task");
    };
  }

  private static Position lock(Handle transaction, UUID id) {
    return transaction
        .createQuery(
            """
            SELECT task, submitted_by, request_id, bulk_task.done, cardinality(ids) AS total, refused
            FROM bulk_task JOIN task ON task.id = task_id
            WHERE task_id = :id
            FOR UPDATE OF bulk_task
            """)
        .bind("id", id)
        .map(RecordMapper.of(Position.class))
        .one();
  }

  private static List<UUID> batch(Handle transaction, UUID id, int done) {
    return transaction
        .createQuery("SELECT unnest(ids[:first : :last]) FROM bulk_task WHERE task_id = :id")
        .bind("first", done + 1)
        .bind("last", done + BATCH)
        .bind("id", id)
        .mapTo(UUID.class)
        .list();
  }

  private void advance(Handle transaction, UUID id, int by, Map<String, Integer> refused) {
    transaction
        .createUpdate(
            "UPDATE bulk_task SET done = done + :by, refused = :refused WHERE task_id = :id")
        .bind("by", by)
        .bind("refused", JsonParameter.of(json, refused))
        .bind("id", id)
        .execute();
  }

  private Map<String, Integer> refused(Position position) throws IOException {
    return new TreeMap<>(
        json.readValueFromTree(position.refused(), Argument.mapOf(String.class, Integer.class)));
  }

  private static Result result(int done, Map<String, Integer> refused) {
    int unchanged = refused.values().stream().mapToInt(Integer::intValue).sum();
    return new Result(
        done,
        done - unchanged,
        refused.entrySet().stream()
            .map(entry -> new Refused(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** Gives the tasks of an ended bulk task, and its position, to the task that retries it. */
  static void copy(Handle handle, UUID ended, UUID retry) {
    handle
        .createUpdate(
            """
            INSERT INTO bulk_task (task_id, ids, done, refused)
            SELECT :retry, ids, done, refused FROM bulk_task WHERE task_id = :ended
            """)
        .bind("retry", retry)
        .bind("ended", ended)
        .execute();
  }
}
