package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Step;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.gateway.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The listeners of one filter. They share the reads of snapshots. While a snapshot is read, events
 * wait for it. Used by one thread.
 */
final class FilterFeed {
  private static final int MOST_WAITING = 1_000;

  /** After so many ticks, all hints of events before the snapshot have arrived. */
  private static final int TICKS_TO_COMPARE = 10;

  private final TaskFilter filter;
  private final Consumer<FilterFeed> startRead;
  private final List<Member> members = new ArrayList<>();
  private final List<Step> waiting = new ArrayList<>();
  private boolean reading;
  private boolean overflown;
  private int ticks;

  /**
   * @param startRead begins to read a snapshot in another thread, and reports to {@link #read} or
   *     {@link #failed} in this one
   */
  FilterFeed(TaskFilter filter, Consumer<FilterFeed> startRead) {
    this.filter = filter;
    this.startRead = startRead;
  }

  private enum State {
    WANTS_SNAPSHOT,
    GETS_SNAPSHOT,
    /** The read has failed; it is tried again at the next tick. */
    WAITS,
    LIVE
  }

  private static final class Member {
    final FilterListener listener;
    State state = State.WANTS_SNAPSHOT;
    boolean started;

    /** The events that its snapshot has already. */
    Map<UUID, Integer> seen = Map.of();

    Member(FilterListener listener) {
      this.listener = listener;
    }
  }

  TaskFilter filter() {
    return filter;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  void add(FilterListener listener) {
    members.add(new Member(listener));
  }

  @SuppressWarnings("ReferenceEquality") // a listener is one stream, whatever it contains
  void remove(FilterListener listener) {
    members.removeIf(member -> member.listener == listener);
  }

  /** Events may have been missed, so everybody gets a new snapshot. */
  void restart() {
    members.forEach(member -> member.state = State.WANTS_SNAPSHOT);
  }

  void tell(Step step) {
    Encoded event = step.encoded(filter);
    if (event == null) {
      return;
    }
    members.stream()
        .filter(member -> member.state == State.LIVE)
        .forEach(member -> tell(member, step, event));
    if (reading && !overflown) {
      waiting.add(step);
      overflown = waiting.size() > MOST_WAITING;
    }
  }

  void progress(Subject subject, Encoded progress) {
    if (filter.matches(subject, TaskStatus.STARTED)) {
      members.stream()
          .filter(member -> member.state == State.LIVE)
          .forEach(member -> member.listener.progress(subject, progress));
    }
  }

  void read(Snapshot snapshot) {
    reading = false;
    ticks = 0;
    Map<UUID, Integer> seen = snapshot.seqs();
    for (Member member : List.copyOf(members)) {
      if (member.state == State.GETS_SNAPSHOT && !overflown) {
        member.state = State.LIVE;
        member.started = true;
        member.seen = seen;
        member.listener.snapshot(snapshot);
        waiting.forEach(step -> tellWaiting(member, step));
      } else if (member.state == State.GETS_SNAPSHOT) {
        member.state = State.WANTS_SNAPSHOT;
      }
    }
    waiting.clear();
  }

  /** The read has failed. Listeners that have had a snapshot before wait for the next try. */
  void failed(RuntimeException failure) {
    reading = false;
    waiting.clear();
    for (Member member : List.copyOf(members)) {
      if (member.state == State.GETS_SNAPSHOT) {
        member.state = State.WAITS;
        failIfNew(member, failure);
      }
    }
  }

  /** Nothing can be read now. */
  void failNew(RuntimeException failure) {
    List.copyOf(members).forEach(member -> failIfNew(member, failure));
  }

  void tick() {
    members.stream()
        .filter(member -> member.state == State.WAITS)
        .forEach(member -> member.state = State.WANTS_SNAPSHOT);
    ticks++;
    if (ticks == TICKS_TO_COMPARE) {
      members.forEach(member -> member.seen = Map.of());
    }
  }

  /** Begins to read a snapshot, if a listener wants one and none is being read. */
  void readIfWanted() {
    if (!reading && members.stream().anyMatch(member -> member.state == State.WANTS_SNAPSHOT)) {
      members.stream()
          .filter(member -> member.state == State.WANTS_SNAPSHOT)
          .forEach(member -> member.state = State.GETS_SNAPSHOT);
      reading = true;
      overflown = false;
      startRead.accept(this);
    }
  }

  private void failIfNew(Member member, RuntimeException failure) {
    if (!member.started) {
      members.remove(member);
      member.listener.failed(failure);
    }
  }

  private void tellWaiting(Member member, Step step) {
    Encoded event = step.encoded(filter);
    if (event != null) {
      tell(member, step, event);
    }
  }

  private static void tell(Member member, Step step, Encoded event) {
    Integer seen = member.seen.get(event.taskId());
    if (seen == null || event.seq() > seen) {
      member.listener.event(step.subject(), event);
    }
  }
}
