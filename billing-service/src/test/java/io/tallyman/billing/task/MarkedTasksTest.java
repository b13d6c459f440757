package io.tallyman.billing.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.dispatch.LostDispatches;
import io.tallyman.billing.dispatch.TestDispatcher;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.task.Tasks.Inserted;
import io.tallyman.billing.task.Tasks.Insertion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that are marked as dispatched by the statement that inserts them. */
final class MarkedTasksTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final Tasks tasks = SERVICE.bean(Tasks.class);
  private final TestWorker worker = new TestWorker(SERVICE);
  private final TestDispatcher dispatcher = new TestDispatcher(SERVICE);

  @BeforeEach
  void forget() {
    SERVICE.forget();
  }

  @Test
  void mostUrgentTasksAreMarkedWhileThereIsRoom() {
    Insertion low = task(0, null);
    Insertion high = task(9, null);
    Insertion usual = task(4, null);
    Insertion usualToo = task(4, null);

    assertThat(marked(2, low, usual, usualToo, high)).containsExactlyInAnyOrder(high, usual);
    assertThat(dispatcher.mark()).extracting(Dispatch::id).containsExactly(usualToo.id(), low.id());
  }

  @Test
  void markedTaskIsClaimedWithItsDispatchAndIsNotDispatchedAgain() {
    Insertion task = task(4, null);

    assertThat(marked(1, task)).containsExactly(task);

    assertThat(dispatcher.mark()).isEmpty();
    assertThat(worker.claim(task.id(), UUID.randomUUID(), 0).status()).isEqualTo(409);
    assertThat(worker.claim(task.id(), UUID.randomUUID(), 1).status()).isEqualTo(200);
  }

  @Test
  void nothingIsMarkedWithoutRoomOrBeforeItIsDue() {
    assertThat(marked(0, task(4, null))).isEmpty();
    SERVICE.forget();

    assertThat(marked(2, task(4, LATER))).isEmpty();
  }

  @Test
  void taskThatWaitsForTheDispatcherGoesFirst() {
    worker.submit("\"priority\": 4");
    Insertion high = task(9, null);

    assertThat(marked(5, task(4, null), task(0, null), high)).containsExactly(high);
  }

  @Test
  void taskThatIsDueLaterOrDispatchedDoesNotGoFirst() {
    worker.submit("\"priority\": 9, " + TestWorker.notDue());
    worker.submit("\"priority\": 9");
    dispatcher.mark();
    Insertion low = task(0, null);

    assertThat(marked(5, low)).containsExactly(low);
  }

  /** As after a kill between the commit and the publication. */
  @Test
  void taskThatWasMarkedButNeverPublishedIsOfferedAgain() {
    Insertion task = task(4, null);
    marked(1, task);
    SERVICE.put("/internal/workers/worker-1", "{\"slots\": 1, \"free_slots\": 1, \"running\": []}");
    SERVICE.execute("UPDATE task SET dispatched_at = dispatched_at - interval '10 s'");

    SERVICE.bean(LostDispatches.class).recover();

    assertThat(dispatcher.mark()).containsExactly(new Dispatch(task.id(), "billing.sheet", 2));
  }

  @Test
  void acceptedTaskIsTheOneThatClientsSee() {
    Insertion task = task(7, LATER);

    Task accepted = insert(0, task).getFirst().task();

    assertThat(accepted).isEqualTo(SERVICE.bean(TaskLifecycle.class).find(task.id()));
    assertThat(SERVICE.count("task_event WHERE task_id = ? AND seq = 1", task.id())).isOne();
  }

  private static Insertion task(int priority, @Nullable Instant eta) {
    JsonNode parameters =
        JsonNode.createObjectNode(Map.of("billing_date", JsonNode.createStringNode("2022-03-31")));
    return Insertion.of(
        TaskLifecycle.newId(), new NewTask("billing.sheet", parameters, priority, eta), null, null);
  }

  private List<Insertion> marked(int room, Insertion... insertions) {
    List<UUID> ids =
        insert(room, insertions).stream()
            .filter(inserted -> inserted.dispatchNo() > 0)
            .map(inserted -> inserted.task().taskId())
            .toList();
    return List.of(insertions).stream().filter(task -> ids.contains(task.id())).toList();
  }

  private List<Inserted> insert(int room, Insertion... insertions) {
    return SERVICE
        .jdbi()
        .inTransaction(transaction -> tasks.insert(transaction, List.of(insertions), room));
  }
}
