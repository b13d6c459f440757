package io.tallyman.billing.dispatch;

import jakarta.inject.Singleton;

/**
 * How many more tasks this instance may mark as dispatched when it accepts them. The dispatcher
 * measures it in the database at each look, at least once a second; in between, this instance
 * counts what it marks and what workers claim. So several instances together may exceed the limit
 * by what each of them accepts within a second.
 */
@Singleton
final class DispatchRoom {
  /** Room for this part of the limit has to become free before the dispatcher looks again. */
  private static final int PART = 4;

  private int limit;
  private int free;
  private int reserved;
  private int claimed;
  private boolean unclaimed;
  private boolean open;
  private boolean ready;

  /**
   * Reserves room for at most this many tasks. Returns 0 while the broker accepts no messages, or
   * while tasks that are due wait for the dispatcher: they go first.
   */
  synchronized int reserve(int tasks) {
    int granted = ready && open ? Math.clamp(free, 0, tasks) : 0;
    free -= granted;
    reserved += granted;
    return granted;
  }

  /** Uses a part of a reservation and gives the rest back. */
  synchronized void settle(int granted, int used) {
    reserved -= granted;
    free += granted - used;
  }

  /** Stores whether the broker accepts messages. */
  synchronized void setReady(boolean ready) {
    this.ready = ready;
  }

  /** From now on nothing can be reserved, until the dispatcher has measured again. */
  synchronized void close() {
    open = false;
  }

  /**
   * Stores what the dispatcher measured.
   *
   * @param limit the most tasks that may be dispatched and unclaimed
   * @param dispatched how many are
   * @param isEmpty whether no task that is due waits to be dispatched
   */
  synchronized void measured(int limit, int dispatched, boolean isEmpty) {
    this.limit = limit;
    this.free = limit - dispatched - reserved;
    this.claimed = 0;
    this.unclaimed = dispatched > 0;
    this.open = isEmpty;
  }

  /** Whether the dispatcher measured tasks that are dispatched and unclaimed. */
  synchronized boolean hasUnclaimed() {
    return unclaimed;
  }

  /**
   * Notes that workers claimed tasks. Returns whether tasks wait for room and so much of it became
   * free that the dispatcher should look again.
   */
  synchronized boolean claimed(int tasks) {
    free += tasks;
    int before = claimed;
    claimed += tasks;
    int enough = Math.max(1, limit / PART);
    return !open && before < enough && claimed >= enough;
  }
}
