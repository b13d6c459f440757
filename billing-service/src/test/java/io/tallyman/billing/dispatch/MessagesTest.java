package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.billing.worker.WorkerRegistry;
import io.tallyman.billing.worker.WorkerRegistry.Offers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many tasks share a message. */
final class MessagesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private final Messages messages = new Messages(SERVICE.bean(TaskTypes.class));

  @BeforeEach
  void forget() {
    SERVICE.forget();
    SERVICE.execute("DELETE FROM worker");
  }

  @Test
  void eachLiveWorkerGetsItsPart() {
    messages.measured(new Offers(100, 2, true));

    assertThat(sizes(sheets(1))).containsExactly(1);
    assertThat(sizes(sheets(3))).containsExactly(1, 1, 1);
    assertThat(sizes(sheets(7))).containsExactly(3, 3, 1);
    assertThat(sizes(sheets(100))).startsWith(8, 8).endsWith(8, 4);
  }

  @Test
  void orderIsKept() {
    messages.measured(new Offers(100, 1, true));
    List<Dispatch> dispatches = sheets(20);

    assertThat(messages.of(dispatches).stream().flatMap(List::stream)).isEqualTo(dispatches);
  }

  @Test
  void longTaskHasAMessageOfItsOwn() {
    messages.measured(new Offers(100, 1, true));
    List<Dispatch> dispatches =
        Stream.of(sheets(2), List.of(dispatch("billing.import")), sheets(3))
            .flatMap(List::stream)
            .toList();

    assertThat(sizes(dispatches)).containsExactly(2, 1, 3);
  }

  @Test
  void workerOfAnEarlierReleaseGetsSingleTasks() {
    assertThat(sizes(sheets(9))).containsOnly(1);

    messages.measured(new Offers(100, 1, true));
    messages.measured(new Offers(100, 1, false));

    assertThat(sizes(sheets(9))).hasSize(9);
  }

  @Test
  void workersTakeSeveralOnlyIfEachOfThemSaysSo() {
    assertThat(offers()).isEqualTo(new Offers(100, 0, false));

    report("worker-1", ", \"takes_several\": true");
    report("worker-2", ", \"takes_several\": true");
    assertThat(offers()).isEqualTo(new Offers(288, 2, true));

    report("worker-2", "");
    assertThat(offers()).isEqualTo(new Offers(288, 2, false));

    SERVICE.execute("UPDATE worker SET seen_at = now() - interval '16 s' WHERE id = 'worker-2'");
    assertThat(offers()).isEqualTo(new Offers(144, 1, true));
  }

  private static Offers offers() {
    return SERVICE.bean(Jdbi.class).withHandle(SERVICE.bean(WorkerRegistry.class)::offers);
  }

  private static void report(String id, String more) {
    SERVICE.put(
        "/internal/workers/" + id,
        """
        {"slots": 4, "free_slots": 4, "light_slots": 32, "free_light_slots": 32, "running": []%s}
        """
            .formatted(more));
  }

  private List<Integer> sizes(List<Dispatch> dispatches) {
    return messages.of(dispatches).stream().map(List::size).toList();
  }

  private static List<Dispatch> sheets(int count) {
    return Stream.generate(() -> dispatch("billing.sheet")).limit(count).toList();
  }

  private static Dispatch dispatch(String task) {
    return new Dispatch(UUID.randomUUID(), task, 1);
  }
}
