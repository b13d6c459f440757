package io.tallyman.billing.attempt;

import static io.tallyman.billing.state.TaskStatus.FAILURE;
import static io.tallyman.billing.state.TaskStatus.REVOKED;
import static io.tallyman.billing.state.TaskStatus.STARTED;
import static io.tallyman.billing.state.TaskStatus.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.attempt.Actor.Reply;
import io.tallyman.billing.attempt.Command.Kind;
import io.tallyman.billing.attempt.TaskHistory.Event;
import io.tallyman.billing.state.TaskStatus;
import java.util.List;
import java.util.function.Predicate;

/**
 * All answers about a task that many callers used at once. In whatever order the calls took effect,
 * the answers must agree with the task's final history.
 */
record TaskReplies(TaskHistory history, List<Reply> replies) {
  static TaskReplies about(TaskHistory history, List<Reply> all) {
    return new TaskReplies(
        history, all.stream().filter(reply -> reply.task().equals(history.task().id())).toList());
  }

  void assertTrue() {
    replies.forEach(this::assertTrue);
    history.events().forEach(this::assertToldToSomebody);
  }

  private void assertTrue(Reply reply) {
    boolean agrees =
        switch (reply.command()) {
          case Command.Claim claim -> isTrue(reply, claim);
          case Command.Heartbeat _ -> heartbeatIsTrue(reply);
          case Command.Report report -> isTrue(reply, report.kind());
          case Command.Cancel _ ->
              switch (reply.answer()) {
                case "202" -> status() == REVOKED;
                case "task-ended" -> status() == SUCCESS || status() == FAILURE;
                default -> false;
              };
          case Command.Submit _,
              Command.Dispatch _,
              Command.TakeBack _,
              Command.MakeDue _,
              Command.Lose _,
              Command.Suffer _,
              Command.Look _ ->
              true;
        };
    assertThat(agrees).as(reply.toString()).isTrue();
  }

  private boolean isTrue(Reply reply, Command.Claim claim) {
    if (!began(reply.attempt())) {
      return reply.answer().equals("claim-refused");
    }
    return replies.stream()
        .filter(other -> other.attempt() == reply.attempt())
        .map(Reply::command)
        .filter(Command.Claim.class::isInstance)
        .map(Command.Claim.class::cast)
        .allMatch(other -> other.claim() == claim.claim());
  }

  private boolean heartbeatIsTrue(Reply reply) {
    return switch (reply.answer()) {
      case "CONTINUE" -> began(reply.attempt());
      case "REVOKED" -> status() == REVOKED;
      case "SUPERSEDED", "STALLED", "TIME_LIMIT" -> wasNotLive(reply);
      default -> false;
    };
  }

  private boolean isTrue(Reply reply, Kind kind) {
    int attempt = reply.attempt();
    return switch (reply.answer()) {
      case "200" ->
          history.endOf(attempt).filter(end -> kind.ended(end.status(), end.reason())).isPresent();
      case "revoked" -> status() == REVOKED;
      case "superseded" -> wasNotLive(reply);
      // A DONE gets the answer of another DONE of the same attempt that is being committed.
      case "sheet-missing" ->
          (kind == Kind.DONE || kind == Kind.DONE_WITHOUT_FILE) && began(attempt);
      default -> false;
    };
  }

  /** If a call caused an event, a caller was told so. */
  private void assertToldToSomebody(Event event) {
    int attempt = event.attempt();
    Predicate<Reply> telling =
        switch (event.status()) {
          case STARTED -> reply -> reply.answer().equals("attempt " + attempt);
          case REVOKED -> reply -> reply.answer().equals("202");
          case SUCCESS, PENDING, RETRY, FAILURE ->
              reply ->
                  reply.command() instanceof Command.Report(int _, Command.Which _, Kind kind)
                      && reply.attempt() == attempt
                      && reply.answer().equals("200")
                      && kind.ended(event.status(), event.reason());
        };
    boolean byACaller =
        switch (event.status()) {
          case STARTED, REVOKED, SUCCESS -> true;
          case PENDING -> event.seq() > 1;
          case RETRY, FAILURE ->
              event.reason().equals("rows-interrupted") || event.reason().equals("store-failed");
        };
    if (byACaller) {
      assertThat(replies).as("replies that tell of %s", event).anyMatch(telling);
    }
  }

  private TaskStatus status() {
    return history.task().status();
  }

  private boolean began(int attempt) {
    return history.events().stream()
        .anyMatch(event -> event.status() == STARTED && event.attempt() == attempt);
  }

  /** Whether the attempt may have ended already, or not have begun. */
  private boolean wasNotLive(Reply reply) {
    return reply.ahead() || history.endOf(reply.attempt()).isPresent();
  }
}
