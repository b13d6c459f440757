package io.tallyman.billing.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.attempt.Actor.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * For all sequences of actions by clients, workers, the dispatcher and the watchdog, every task
 * keeps the laws of {@link TaskHistory}, and every answer is true.
 */
final class LifecyclePropertiesTest {
  /**
   * Nothing happens here by the passing of time, only by commands. (A backoff is random between 0
   * and a year, so it hardly ever ends within a run.)
   */
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.tasks.lease", "1d",
              "tallyman.tasks.stall-timeout", "1d",
              "tallyman.tasks.unclaimed-after", "1d",
              "tallyman.tasks.backoff", "365d",
              "tallyman.tasks.max-backoff", "365d",
              "tallyman.tasks.max-attempts", TaskModel.MAX_ATTEMPTS,
              "tallyman.tasks.max-dispatches", TaskModel.MAX_DISPATCHES));

  private final TestWorker worker = new TestWorker(SERVICE);

  @AfterContainer
  static void stop() {
    SERVICE.close();
  }

  @BeforeTry
  void forget() {
    SERVICE.execute("DELETE FROM task");
    SERVICE.execute(
        """
        INSERT INTO worker (id, slots, free_slots, running, seen_at)
        VALUES ('worker-2', 1, 1, '[]', now() + interval '1 day')
        ON CONFLICT (id) DO NOTHING
        """);
  }

  @Provide
  Arbitrary<List<Command>> commands() {
    return Command.any().list().ofMinSize(1).ofMaxSize(50);
  }

  @Provide
  Arbitrary<List<List<Command>>> commandsOfSome() {
    return Command.any().list().ofMinSize(5).ofMaxSize(15).list().ofMinSize(2).ofMaxSize(5);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyCommandIsAnsweredAndDoneAsTheModelSays(@ForAll("commands") List<Command> commands) {
    List<UUID> ids = new ArrayList<>(List.of(worker.submit(), worker.submit()));
    Actor actor = new Actor(SERVICE, ids);
    LifecycleModel model = new LifecycleModel(2);

    for (int i = 0; i < commands.size(); i++) {
      String step = "step %d of %s".formatted(i + 1, commands);
      assertThat(actor.act(commands.get(i)).answer())
          .as(step)
          .isEqualTo(model.expect(commands.get(i)));
      assertThat(states()).as(step).isEqualTo(model.states());
    }

    assertThat(histories())
        .allSatisfy(TaskHistory::assertLawful)
        .extracting(history -> history.events().stream().map(Object::toString).toList())
        .isEqualTo(model.events());
  }

  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsAnsweredToManyAtOnceIsSo(@ForAll("commandsOfSome") List<List<Command>> commands)
      throws Exception {
    List<UUID> ids = new CopyOnWriteArrayList<>(List.of(worker.submit(), worker.submit()));

    List<Reply> replies = actAtOnce(commands, ids);

    assertThat(histories())
        .as("after %s", replies)
        .allSatisfy(TaskHistory::assertLawful)
        .allSatisfy(history -> TaskReplies.about(history, replies).assertTrue());
  }

  private static List<String> states() {
    return SERVICE.jdbi().withHandle(TaskState::all).stream().map(TaskState::toString).toList();
  }

  private static List<TaskHistory> histories() {
    return SERVICE.jdbi().withHandle(TaskHistory::all);
  }

  private static List<Reply> actAtOnce(List<List<Command>> commands, List<UUID> ids)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(commands.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Reply>>> actors =
          commands.stream()
              .map(
                  own ->
                      threads.submit(
                          () -> {
                            Actor actor = new Actor(SERVICE, ids);
                            start.await();
                            return own.stream().map(actor::act).toList();
                          }))
              .toList();
      List<Reply> replies = new ArrayList<>();
      for (Future<List<Reply>> actor : actors) {
        replies.addAll(actor.get());
      }
      return replies;
    }
  }
}
