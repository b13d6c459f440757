package io.tallyman.billing.attempt;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import io.tallyman.billing.attempt.Command.Kind;
import io.tallyman.billing.dispatch.Dispatch;
import io.tallyman.billing.dispatch.LostDispatches;
import io.tallyman.billing.dispatch.TestDispatcher;
import io.tallyman.billing.state.TaskConfiguration;
import io.tallyman.billing.state.TaskTransitions;
import io.tallyman.billing.tasktype.TimeLimits;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Executes commands on the real service. Several actors may work on the same tasks at once. */
final class Actor {
  private final RunningService service;
  private final TestWorker worker;
  private final TestDispatcher dispatcher;
  private final List<UUID> tasks;
  private List<Dispatch> lastOffers = List.of();

  /**
   * @param tasks the tasks of the run; submitted tasks are added
   */
  Actor(RunningService service, List<UUID> tasks) {
    this.service = service;
    this.worker = new TestWorker(service);
    this.dispatcher = new TestDispatcher(service);
    this.tasks = tasks;
  }

  /**
   * The answer to a command.
   *
   * @param attempt the attempt of the claim, heartbeat or outcome; 0 for other commands
   * @param ahead whether that attempt had not begun shortly before the command
   */
  record Reply(Command command, UUID task, int attempt, boolean ahead, String answer) {
    static Reply to(Command command, UUID task, String answer) {
      return new Reply(command, task, 0, false, answer);
    }

    @Override
    public String toString() {
      return command + " is answered " + answer + " (" + task + ", attempt " + attempt + ")\n";
    }
  }

  Reply act(Command command) {
    return switch (command) {
      case Command.Submit _ -> submit(command);
      case Command.Dispatch _ -> dispatch(command);
      case Command.TakeBack _ -> takeBack(command);
      case Command.MakeDue(int task) ->
          change(command, task, "due_at = now()", "status IN ('PENDING', 'RETRY')");
      case Command.Lose(int task) -> {
        String earlier = "dispatched_at = dispatched_at - interval '100 days'";
        Reply reply = change(command, task, earlier, "TRUE");
        service.bean(LostDispatches.class).recover();
        yield reply;
      }
      case Command.Claim claim -> claim(claim);
      case Command.Heartbeat heartbeat -> heartbeat(heartbeat);
      case Command.Report report -> report(report);
      case Command.Cancel(int task) -> cancel(command, id(task));
      case Command.Suffer(int task, Command.Trouble trouble) ->
          change(command, task, trouble.change(), "status = 'STARTED'");
      case Command.Look _ -> {
        eagerWatchdog().look();
        yield Reply.to(command, id(0), "");
      }
    };
  }

  /** The id of the task; while others submit tasks, the next call may return another one. */
  private UUID id(int task) {
    return tasks.get(task % tasks.size());
  }

  private Reply submit(Command command) {
    UUID id = worker.submit();
    tasks.add(id);
    return Reply.to(command, id, "");
  }

  private Reply dispatch(Command command) {
    lastOffers = dispatcher.mark();
    return Reply.to(command, id(0), String.valueOf(lastOffers.size()));
  }

  private Reply takeBack(Command command) {
    dispatcher.unmark(lastOffers);
    return Reply.to(command, id(0), "");
  }

  private Reply claim(Command.Claim command) {
    UUID id = id(command.task());
    int dispatchNo = command.dispatch().dispatch(worker.dispatchNo(id));
    Answer answer =
        worker.claim(id, new UUID(id.getMostSignificantBits(), command.claim()), dispatchNo);
    if (answer.status() != 200) {
      return Reply.to(command, id, answer.problem());
    }
    int attempt = Integer.parseInt(answer.text("attempt"));
    return new Reply(command, id, attempt, false, "attempt " + attempt);
  }

  private Reply heartbeat(Command.Heartbeat command) {
    UUID id = id(command.task());
    int last = lastAttempt(id);
    int attempt = command.attempt().attempt(last);
    // Every heartbeat reports new progress.
    Answer answer = worker.heartbeat(id, attempt, System.nanoTime());
    String said = answer.status() == 200 ? answer.text("verdict") : answer.problem();
    return new Reply(command, id, attempt, attempt > last, said);
  }

  private Reply report(Command.Report command) {
    UUID id = id(command.task());
    int last = lastAttempt(id);
    int attempt = command.attempt().attempt(last);
    Answer answer = report(id, attempt, command.kind());
    while (answer.status() == 202) {
      answer = report(id, attempt, command.kind());
    }
    String said = answer.status() == 200 ? "200" : answer.problem();
    return new Reply(command, id, attempt, attempt > last, said);
  }

  private Answer report(UUID id, int attempt, Kind kind) {
    return switch (kind) {
      case DONE -> worker.done(id, attempt);
      case DONE_WITHOUT_FILE -> worker.outcome(id, attempt, TestWorker.wrote(10));
      case RETRY -> worker.outcome(id, attempt, TestWorker.RETRY);
      case OUTAGE -> worker.outcome(id, attempt, TestWorker.OUTAGE);
      case GIVE_UP -> worker.outcome(id, attempt, TestWorker.GIVE_UP);
      case RELEASED -> worker.outcome(id, attempt, TestWorker.RELEASED);
    };
  }

  private Reply cancel(Command command, UUID id) {
    Answer answer = worker.cancel(id);
    return Reply.to(command, id, answer.status() == 202 ? "202" : answer.problem());
  }

  private Reply change(Command command, int task, String change, String condition) {
    UUID id = id(task);
    service.execute("UPDATE task SET " + change + " WHERE id = ? AND " + condition, id);
    return Reply.to(command, id, "");
  }

  private int lastAttempt(UUID id) {
    return service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select("SELECT attempt FROM task WHERE id = ?", id)
                    .mapTo(Integer.class)
                    .one());
  }

  /** A watchdog that may let leases expire from its first look on. */
  private Watchdog eagerWatchdog() {
    TaskConfiguration usual = service.bean(TaskConfiguration.class);
    return new Watchdog(
        service.bean(Jdbi.class),
        service.bean(TaskTransitions.class),
        service.bean(TimeLimits.class),
        service.bean(LostDispatches.class),
        new TaskConfiguration(
            Duration.ofNanos(3),
            Duration.ofNanos(1),
            usual.dispatchInterval(),
            usual.unclaimedAfter(),
            usual.maxDispatches(),
            usual.maxAttempts(),
            usual.stallTimeout(),
            usual.backoff(),
            usual.maxBackoff(),
            usual.outagePatience(),
            usual.maxOpen(),
            usual.maxOpenPerUser(),
            usual.maxNotDue(),
            usual.maxEta(),
            usual.retention()));
  }
}
