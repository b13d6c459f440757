package io.tallyman.billing.task;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExpiredTasksTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final TestWorker worker = new TestWorker(SERVICE);
  private final ExpiredTasks expired = SERVICE.bean(ExpiredTasks.class);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void expiredTaskGoesWithItsEventsAndItsSheet() {
    UUID id = succeeded();
    String sheet = worker.task(id).text("result", "sheet_id");
    expire(id);

    expired.sweep();

    assertExpired(worker.task(id));
    assertExpired(SERVICE.get("/tasks/" + id + "/events"));
    assertExpired(worker.cancel(id));
    assertExpired(SERVICE.post("/tasks/" + id + "/retry", ""));
    assertExpired(SERVICE.get("/sheets/" + sheet));
    assertExpired(SERVICE.get("/sheets/" + sheet + "/content"));
    assertThat(SERVICE.count("task")).isZero();
    assertThat(SERVICE.count("task_event")).isZero();
    assertThat(SERVICE.count("sheet")).isZero();
    assertThat(SERVICE.count("unneeded_sheet WHERE task_id = ? AND attempt = 1", id)).isOne();
  }

  @Test
  void expiredTaskWithASmallSheetLeavesNoFileToSearch() {
    UUID id = worker.submit();
    worker.claim(id);
    worker.doneInline(id, 1);
    expire(id);

    expired.sweep();

    assertExpired(worker.task(id));
    assertThat(SERVICE.count("sheet")).isZero();
    assertThat(SERVICE.count("unneeded_sheet")).isZero();
  }

  @Test
  void whatHasNotExpiredStays() {
    UUID ended = succeeded();
    UUID waiting = worker.submit();

    expired.sweep();

    assertThat(worker.status(ended)).isEqualTo("SUCCESS");
    assertThat(worker.status(waiting)).isEqualTo("PENDING");
    assertThat(worker.task(UUID.randomUUID()).problem()).isEqualTo("unknown-task-id");
  }

  @Test
  void retentionBeginsWithTheEnd() {
    UUID id = succeeded();

    assertThat(
            SERVICE.count(
                "task t JOIN sheet s ON s.task_id = t.id WHERE t.id = ?"
                    + " AND t.expires_at - t.date_done BETWEEN '89 days 23:59' AND '90 days'"
                    + " AND s.expires_at = t.expires_at",
                id))
        .isOne();
  }

  @Test
  void expiredImportKeepsItsBillingsAndCannotBeUndone() {
    UUID id = worker.stagedImport("2,Oak,,,2022-03-31,10.00,GBP,1\n");
    worker.imported(id, 1, 1);
    expire(id);

    expired.sweep();

    assertExpired(SERVICE.post("/imports/" + id + "/undo", ""));
    assertThat(SERVICE.count("billing WHERE import_id = ?", id)).isOne();
  }

  @Test
  void groupIsKeptWholeUntilTheLastOfItsTasksExpires() {
    Answer group = submitGroup(2);
    List<UUID> tasks = tasksOf(group);
    succeed(tasks.getFirst());
    expire(tasks.getFirst());
    expired.sweep();
    assertThat(worker.status(tasks.getFirst())).isEqualTo("SUCCESS");

    succeed(tasks.getLast());
    expire(tasks.getFirst());
    expired.sweep();
    assertThat(worker.task(tasks.getFirst()).text("expires_at"))
        .isEqualTo(worker.task(tasks.getLast()).text("expires_at"));
    assertThat(SERVICE.count("sheet WHERE expires_at < now()")).isZero();

    tasks.forEach(this::expire);
    expired.sweep();

    assertExpired(worker.task(tasks.getFirst()));
    assertExpired(worker.task(tasks.getLast()));
    assertExpired(SERVICE.get("/task-groups/" + group.text("group_id")));
    assertExpired(SERVICE.post("/task-groups/" + group.text("group_id") + "/cancel", ""));
  }

  @Test
  void groupOfWhichSomeIsGoneIsGone() {
    Answer group = submitGroup(2);
    SERVICE.execute("DELETE FROM task WHERE id = ?", tasksOf(group).getFirst());
    SERVICE.execute(
        "INSERT INTO tombstone VALUES (?, now())", UUID.fromString(group.text("group_id")));

    assertExpired(SERVICE.get("/task-groups/" + group.text("group_id")));
  }

  @Test
  void severalSweepsAtOnceDoNotDisturbEachOther() {
    IntStream.range(0, 15).forEach(_ -> submitGroup(100));
    SERVICE.execute(
        "UPDATE task SET status = 'REVOKED', date_done = now(), expires_at = now() - make_interval("
            + "secs => random() * 1000)");

    Stream.generate(() -> CompletableFuture.runAsync(expired::sweep))
        .limit(4)
        .toList()
        .forEach(CompletableFuture::join);
    expired.sweep();

    assertThat(SERVICE.count("task")).isZero();
    assertThat(SERVICE.count("tombstone")).isEqualTo(1_515);
  }

  @Test
  void whatOthersHoldIsPassedOver() {
    UUID held = worker.submit();
    UUID free = worker.submit();
    List.of(held, free).forEach(worker::cancel);
    List.of(held, free).forEach(this::expire);

    SERVICE
        .jdbi()
        .useTransaction(
            holder -> {
              holder.execute("SELECT FROM task WHERE id = ? FOR UPDATE", held);
              CompletableFuture.runAsync(expired::sweep).join();
            });

    assertThat(worker.status(held)).isEqualTo("REVOKED");
    assertExpired(worker.task(free));
  }

  private UUID succeeded() {
    UUID id = worker.submit();
    succeed(id);
    return id;
  }

  private void succeed(UUID id) {
    worker.claim(id);
    worker.done(id, 1);
  }

  private void expire(UUID id) {
    SERVICE.execute("UPDATE task SET expires_at = now() - interval '1 s' WHERE id = ?", id);
  }

  private static Answer submitGroup(int tasks) {
    String task =
        "{\"task\": \"billing.sheet\", \"parameters\": {\"billing_date\": \"2022-03-31\"}}";
    Answer group =
        SERVICE.post(
            "/task-groups",
            Stream.generate(() -> task).limit(tasks).collect(joining(",", "{\"tasks\": [", "]}")));
    assertThat(group.status()).isEqualTo(202);
    return group;
  }

  private static List<UUID> tasksOf(Answer group) {
    return SERVICE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select(
                        "SELECT id FROM task WHERE group_id = ? ORDER BY id",
                        UUID.fromString(group.text("group_id")))
                    .mapTo(UUID.class)
                    .list());
  }

  private static void assertExpired(Answer refused) {
    assertThat(refused.status()).isEqualTo(410);
    assertThat(refused.problem()).isEqualTo("expired");
  }
}
