package io.tallyman.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.gateway.follow.TaskBatchClient.Found;
import io.tallyman.gateway.follow.TaskBatchClient.Wanted;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Without the timer that reads tasks regularly, so only reported changes are seen. */
final class FollowedTasksTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<UUID, TaskStatus> statuses = new ConcurrentHashMap<>();
  private final List<List<UUID>> reads = new CopyOnWriteArrayList<>();
  private final Semaphore gate = new Semaphore(0);
  private volatile boolean away;

  private final FollowedTasks followed =
      new FollowedTasks(
          this::read, FollowedTasksTest::gone, executor, new LongPollConfiguration(2_000));

  @Test
  void endThatIsToldBetweenTheFirstLookAndItsAnswerIsNotMissed() {
    gate.release(100);
    UUID id = started();
    CompletableFuture<Task> end = follow(id);
    // A request reads the task as STARTED. The task ends before this answer arrives.
    statuses.put(id, TaskStatus.SUCCESS);

    followed.changed(id);

    assertThat(end.join().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(reads).hasSize(1);
  }

  @Test
  void endDuringAReadThatDoesNotShowItIsReadAgain() {
    UUID id = started();
    CompletableFuture<Task> end = follow(id);
    followed.changed(id);
    await().atMost(PATIENCE).until(() -> reads.size() == 1);

    followed.changed(id);
    gate.release();
    await().atMost(PATIENCE).until(() -> reads.size() == 2);
    assertThat(end).isNotDone();
    statuses.put(id, TaskStatus.FAILURE);
    gate.release();

    assertThat(end.join().status()).isEqualTo(TaskStatus.FAILURE);
  }

  @Test
  void twoThousandChangesDuringOneReadNeedFourMore() {
    UUID first = started();
    CompletableFuture<Task> other = follow(first);
    followed.changed(first);
    await().atMost(PATIENCE).until(() -> reads.size() == 1);
    List<UUID> ids = Stream.generate(this::started).limit(1_999).toList();
    List<CompletableFuture<Task>> ends = ids.stream().map(this::follow).toList();

    ids.forEach(id -> statuses.put(id, TaskStatus.SUCCESS));
    ids.forEach(followed::changed);
    ids.forEach(followed::changed);
    gate.release(100);

    assertThat(ends).allSatisfy(end -> assertThat(end.join().status().isEnd()).isTrue());
    assertThat(reads).hasSize(5).allMatch(read -> read.size() <= 500);
    assertThat(other).isNotDone();
  }

  @Test
  void allWhoFollowOneTaskAreToldByOneRead() {
    gate.release(100);
    UUID id = started();
    List<CompletableFuture<Task>> ends = Stream.generate(() -> follow(id)).limit(100).toList();
    statuses.put(id, TaskStatus.REVOKED);

    followed.changed(id);

    assertThat(ends).allSatisfy(end -> assertThat(end.join().status().isEnd()).isTrue());
    assertThat(reads).hasSize(1);
  }

  @Test
  void whatNobodyFollowsIsNotRead() {
    gate.release(100);
    UUID id = started();
    CompletableFuture<Task> left = follow(id);
    left.cancel(false);
    UUID other = started();
    CompletableFuture<Task> waits = follow(other);

    followed.changed(id);
    followed.changed(UUID.randomUUID());
    followed.changed(other);

    await().atMost(PATIENCE).until(() -> !reads.isEmpty());
    assertThat(reads).containsExactly(List.of(other));
    assertThat(waits).isNotDone();
    assertThat(followed.waiting()).isOne();
  }

  @Test
  void whoeverCannotBeToldWaitsOnUntilTheServiceIsBack() {
    gate.release(100);
    away = true;
    UUID id = started();
    CompletableFuture<Task> end = follow(id);
    statuses.put(id, TaskStatus.SUCCESS);
    followed.changed(id);
    await().atMost(PATIENCE).until(() -> reads.size() == 1);
    assertThat(end).isNotDone();
    away = false;

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              followed.readRest();
              return end.isDone();
            });

    assertThat(end.join().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void nobodyMoreMayWaitThanIsConfigured() {
    UUID id = started();
    List<CompletableFuture<Task>> ends = Stream.generate(() -> follow(id)).limit(2_000).toList();

    assertThat(followed.follow(id, LONG)).isEmpty();
    ends.getFirst().cancel(false);
    assertThat(followed.follow(id, LONG)).isPresent();
  }

  @Test
  void patienceThatIsOverIsAnsweredByAReadOfThatMoment() {
    gate.release(100);
    UUID id = started();

    Task still = followed.follow(id, Duration.ofMillis(1)).orElseThrow().join();

    assertThat(still.status()).isEqualTo(TaskStatus.STARTED);
    assertThat(reads).containsExactly(List.of(id));
  }

  @Test
  void taskThatIsGoneEndsTheWaitWithWhatTheServiceSays() {
    gate.release(100);
    UUID id = UUID.randomUUID();
    CompletableFuture<Task> end = follow(id);

    followed.changed(id);

    await().atMost(PATIENCE).until(end::isDone);
    assertThatThrownBy(end::join).hasRootCauseMessage("gone: " + id);
  }

  private UUID started() {
    UUID id = UUID.randomUUID();
    statuses.put(id, TaskStatus.STARTED);
    return id;
  }

  private CompletableFuture<Task> follow(UUID id) {
    return followed.follow(id, LONG).orElseThrow();
  }

  private Found read(Wanted wanted) {
    reads.add(wanted.taskIds());
    gate.acquireUninterruptibly();
    if (away) {
      throw new IllegalStateException("away");
    }
    return new Found(
        wanted.taskIds().stream().filter(statuses::containsKey).map(this::task).toList());
  }

  private Task task(UUID id) {
    TaskStatus status = statuses.getOrDefault(id, TaskStatus.PENDING);
    JsonNode none = JsonNode.nullNode();
    Instant at = Instant.EPOCH;
    return new Task(
        id, "a", none, status, 1, null, 1, 5, 4, null, null, null, null, null, null, null, at, null,
        at, null, null);
  }

  private static Task gone(UUID id) {
    throw new IllegalStateException("gone: " + id);
  }
}
