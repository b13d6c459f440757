package io.tallyman.billing.attempt;

import static io.tallyman.billing.state.TaskStatus.FAILURE;
import static io.tallyman.billing.state.TaskStatus.PENDING;
import static io.tallyman.billing.state.TaskStatus.STARTED;
import static io.tallyman.billing.state.TaskStatus.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.state.Transition;
import io.tallyman.billing.store.StoreNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The stored state and events of one task, and the laws that must always hold for it. */
record TaskHistory(TaskState task, List<Event> events, List<String> sheetFiles) {

  public record Event(int seq, TaskStatus status, int attempt, String reason) {
    @Override
    public String toString() {
      return "%d %s %d %s".formatted(seq, status, attempt, reason);
    }
  }

  /** The histories of all tasks, in the order of submission. */
  static List<TaskHistory> all(Handle handle) {
    return TaskState.all(handle).stream().map(task -> of(handle, task)).toList();
  }

  private static TaskHistory of(Handle handle, TaskState task) {
    return new TaskHistory(
        task,
        handle
            .select(
                """
                SELECT seq, status, attempt, coalesce(reason, 'none') AS reason
                FROM task_event
                WHERE task_id = ?
                ORDER BY seq
                """,
                task.id())
            .map(ConstructorMapper.of(Event.class))
            .list(),
        handle
            .select("SELECT file || ' ' || id FROM sheet WHERE task_id = ?", task.id())
            .mapTo(String.class)
            .list());
  }

  /** The event that ended an attempt, if it has ended. */
  Optional<Event> endOf(int attempt) {
    return events.stream()
        .dropWhile(event -> event.status() != STARTED || event.attempt() != attempt)
        .skip(1)
        .findFirst();
  }

  void assertLawful() {
    assertThat(events)
        .extracting(Event::seq)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, task.eventSeq()).boxed().toList());
    assertThat(events.getFirst()).isEqualTo(new Event(1, PENDING, 0, "none"));
    IntStream.range(1, events.size()).forEach(i -> assertMove(events.get(i - 1), events.get(i)));
    assertThat(events.getLast().status()).isEqualTo(task.status());
    assertThat(events.getLast().attempt()).isEqualTo(task.attempt());

    assertThat(task.done()).as("has an end").isEqualTo(task.status().ended());
    assertThat(task.leased()).as("has a lease").isEqualTo(task.status() == STARTED);
    assertThat(task.unclaimedDispatches()).isBetween(0, task.dispatchNo());
    if (task.status() == FAILURE) {
      assertThat(task.error()).isNotEqualTo("none");
    }
    assertOneResult();
  }

  private static void assertMove(Event from, Event to) {
    List<Transition> transitions =
        Stream.of(Transition.values())
            .filter(move -> move.from().contains(from.status()) && move.to() == to.status())
            .toList();
    assertThat(transitions).as("the move from %s to %s", from, to).hasSize(1);
    int claimed = transitions.getFirst() == Transition.CLAIM ? 1 : 0;
    assertThat(to.attempt()).as("the attempt of %s", to).isEqualTo(from.attempt() + claimed);
  }

  private void assertOneResult() {
    if (task.status() == SUCCESS) {
      assertThat(sheetFiles)
          .containsExactly(StoreNames.sheet(task.id(), task.attempt()) + " " + task.resultSheet());
    } else {
      assertThat(sheetFiles).isEmpty();
      assertThat(task.resultSheet()).isEqualTo("none");
    }
  }
}
