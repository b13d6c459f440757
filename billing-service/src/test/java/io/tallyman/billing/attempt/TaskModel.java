package io.tallyman.billing.attempt;

import static io.tallyman.billing.state.TaskStatus.FAILURE;
import static io.tallyman.billing.state.TaskStatus.PENDING;
import static io.tallyman.billing.state.TaskStatus.RETRY;
import static io.tallyman.billing.state.TaskStatus.REVOKED;
import static io.tallyman.billing.state.TaskStatus.STARTED;
import static io.tallyman.billing.state.TaskStatus.SUCCESS;

import io.tallyman.billing.attempt.Command.Kind;
import io.tallyman.billing.attempt.Command.Trouble;
import io.tallyman.billing.state.TaskStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A model of one task: the state machine without a database, advanced by one command at a time. */
final class TaskModel {
  static final int MAX_ATTEMPTS = 3;
  static final int MAX_DISPATCHES = 3;

  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private final List<String> events = new ArrayList<>();
  private TaskStatus status = PENDING;
  private int attempt;
  private int maxAttempts = MAX_ATTEMPTS;
  private int claim;
  private boolean due = true;
  private boolean offered;
  private int dispatchNo;
  private int unclaimed;
  private String error = "none";
  private TaskStatus attemptBecame = PENDING;
  private String attemptEnded = "not yet";

  TaskModel() {
    become(PENDING, "none");
  }

  int attempt() {
    return attempt;
  }

  int dispatchNo() {
    return dispatchNo;
  }

  List<String> events() {
    return events;
  }

  boolean dispatch() {
    if (!waits() || offered || !due) {
      return false;
    }
    offered = true;
    dispatchNo++;
    unclaimed++;
    return true;
  }

  void takeBack(int dispatch) {
    if (waits() && offered && dispatchNo == dispatch) {
      offered = false;
      unclaimed--;
    }
  }

  void makeDue() {
    due = true;
  }

  void lose() {
    if (!waits() || !offered) {
      return;
    }
    offered = false;
    if (unclaimed >= MAX_DISPATCHES) {
      error = "undeliverable";
      become(FAILURE, error);
    }
  }

  String claim(int by, int dispatch) {
    if (waits() && due && dispatchNo == dispatch) {
      attempt++;
      claim = by;
      unclaimed = 0;
      troubles.clear();
      become(STARTED, "none");
      return "attempt " + attempt;
    }
    return status == STARTED && claim == by ? "attempt " + attempt : "claim-refused";
  }

  String heartbeat(int number) {
    if (isLive(number)) {
      troubles.remove(Trouble.LEASE_RUNS_OUT);
      troubles.remove(Trouble.STANDS_STILL);
      return "CONTINUE";
    }
    if (status == REVOKED) {
      return "REVOKED";
    }
    return switch (attempt == number ? error : "none") {
      case "time-limit" -> "TIME_LIMIT";
      case "stalled" -> "STALLED";
      default -> "SUPERSEDED";
    };
  }

  String report(int number, Kind kind) {
    if (!isLive(number)) {
      boolean repeated =
          status != REVOKED && attempt == number && kind.ended(attemptBecame, attemptEnded);
      return repeated ? "200" : status == REVOKED ? "revoked" : "superseded";
    }
    switch (kind) {
      case DONE -> {
        error = "none";
        end(SUCCESS, "none");
      }
      case DONE_WITHOUT_FILE -> {
        return "sheet-missing";
      }
      case RETRY -> failAttempt("rows-interrupted");
      case OUTAGE -> {
        maxAttempts++;
        failAttempt("store-failed");
      }
      case GIVE_UP -> fail("rows-interrupted");
      case RELEASED -> {
        maxAttempts++;
        end(PENDING, "released");
      }
    }
    return "200";
  }

  String cancel() {
    if (!status.ended()) {
      become(REVOKED, "cancelled");
    }
    return status == REVOKED ? "202" : "task-ended";
  }

  void suffer(Trouble trouble) {
    troubles.add(trouble);
  }

  void look() {
    if (status != STARTED) {
      return;
    }
    if (troubles.contains(Trouble.TAKES_TOO_LONG)) {
      fail("time-limit");
    } else if (troubles.contains(Trouble.LEASE_RUNS_OUT)) {
      failAttempt("worker-lost");
    } else if (troubles.contains(Trouble.STANDS_STILL)) {
      failAttempt("stalled");
    }
  }

  /** Has the same form as {@link TaskState#toString()} of the stored task. */
  @Override
  public String toString() {
    return "%s, attempt %d of %d, dispatch %d (%d unclaimed, offered: %s), error %s, %d events"
        .formatted(
            status,
            attempt,
            maxAttempts,
            dispatchNo,
            unclaimed,
            waits() && offered,
            error,
            events.size());
  }

  private boolean waits() {
    return status == PENDING || status == RETRY;
  }

  private boolean isLive(int number) {
    return status == STARTED && attempt == number;
  }

  private void failAttempt(String reason) {
    if (attempt >= maxAttempts) {
      fail(reason);
      return;
    }
    error = reason;
    end(RETRY, reason);
  }

  private void fail(String reason) {
    error = reason;
    end(FAILURE, reason);
  }

  private void end(TaskStatus next, String reason) {
    attemptBecame = next;
    attemptEnded = reason;
    due = next == PENDING;
    offered = false;
    become(next, reason);
  }

  private void become(TaskStatus next, String reason) {
    status = next;
    events.add("%d %s %d %s".formatted(events.size() + 1, next, attempt, reason));
  }
}
