package io.tallyman.billing.attempt;

import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.state.TaskStatus;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * An action on a task. It names the task by its index in the run, and a claim id by a small number,
 * so that the same ones are used again and again.
 */
sealed interface Command {
  int TASKS = 3;
  int CLAIMS = 4;

  record Submit() implements Command {}

  /** All due tasks are marked as dispatched. */
  record Dispatch() implements Command {}

  /** The broker did not confirm the last dispatches. */
  record TakeBack() implements Command {}

  /** The pause before the next attempt is over. */
  record MakeDue(int task) implements Command {}

  /** The dispatch message of a task counts as lost. */
  record Lose(int task) implements Command {}

  record Claim(int task, int claim, Which dispatch) implements Command {}

  record Heartbeat(int task, Which attempt) implements Command {}

  record Report(int task, Which attempt, Kind kind) implements Command {}

  record Cancel(int task) implements Command {}

  /** The task's running attempt gets into a state that the watchdog acts on. */
  record Suffer(int task, Trouble trouble) implements Command {}

  /** The watchdog checks every task. */
  record Look() implements Command {}

  /** A dispatch or attempt, relative to the task's latest one. */
  enum Which {
    LAST(0),
    EARLIER(-1),
    LATER(1);

    private final int distance;

    Which(int distance) {
      this.distance = distance;
    }

    int dispatch(int last) {
      return last + distance;
    }

    int attempt(int last) {
      return Math.max(1, last + distance);
    }

    static Arbitrary<Which> any() {
      return Arbitraries.frequency(Tuple.of(6, LAST), Tuple.of(1, EARLIER), Tuple.of(1, LATER));
    }
  }

  /** An outcome that a worker reports. */
  enum Kind {
    DONE,
    DONE_WITHOUT_FILE,
    RETRY,
    OUTAGE,
    GIVE_UP,
    RELEASED;

    /** Whether an attempt with this outcome is followed by an event with this status and reason. */
    boolean ended(TaskStatus status, String reason) {
      return switch (this) {
        case DONE, DONE_WITHOUT_FILE -> status == TaskStatus.SUCCESS;
        case RETRY -> reason.equals("rows-interrupted");
        case OUTAGE -> reason.equals("store-failed");
        case GIVE_UP -> reason.equals("rows-interrupted") && status == TaskStatus.FAILURE;
        case RELEASED -> reason.equals("released");
      };
    }
  }

  enum Trouble {
    LEASE_RUNS_OUT("lease_until = now() - interval '1 minute'"),
    STANDS_STILL("progressed_at = now() - interval '100 days'"),
    TAKES_TOO_LONG("attempt_started_at = now() - interval '100 days'");

    private final String change;

    Trouble(String change) {
      this.change = change;
    }

    String change() {
      return change;
    }
  }

  static Arbitrary<Command> any() {
    Arbitrary<Integer> task = Arbitraries.integers().between(0, TASKS - 1);
    Arbitrary<Integer> claim = Arbitraries.integers().between(0, CLAIMS - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.create(Submit::new)),
        Tuple.of(2, Arbitraries.create(Dispatch::new)),
        Tuple.of(1, Arbitraries.create(TakeBack::new)),
        Tuple.of(4, task.map(MakeDue::new)),
        Tuple.of(2, task.map(Lose::new)),
        Tuple.of(9, Combinators.combine(task, claim, Which.any()).as(Claim::new)),
        Tuple.of(3, Combinators.combine(task, Which.any()).as(Heartbeat::new)),
        Tuple.of(
            9, Combinators.combine(task, Which.any(), Arbitraries.of(Kind.class)).as(Report::new)),
        Tuple.of(1, task.map(Cancel::new)),
        Tuple.of(3, Combinators.combine(task, Arbitraries.of(Trouble.class)).as(Suffer::new)),
        Tuple.of(2, Arbitraries.create(Look::new)));
  }
}
