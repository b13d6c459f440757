package io.tallyman.gateway.live;

import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Step;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The feeds of all filters that somebody follows. Used by one thread. */
final class FilterFeeds {
  private final SnapshotReader snapshots;
  private final ExecutorService executor;
  private final Consumer<Runnable> thread;
  private final Map<TaskFilter, FilterFeed> feeds = new HashMap<>();

  /**
   * @param thread runs something in the thread that uses this
   */
  FilterFeeds(SnapshotReader snapshots, ExecutorService executor, Consumer<Runnable> thread) {
    this.snapshots = snapshots;
    this.executor = executor;
    this.thread = thread;
  }

  boolean isEmpty() {
    return feeds.isEmpty();
  }

  void add(TaskFilter filter, FilterListener listener) {
    feeds.computeIfAbsent(filter, _ -> new FilterFeed(filter, this::read)).add(listener);
  }

  void remove(TaskFilter filter, FilterListener listener) {
    FilterFeed feed = feeds.get(filter);
    if (feed != null) {
      feed.remove(listener);
      removeIfEmpty(feed);
    }
  }

  /** Events may have been missed, so everybody gets a new snapshot. */
  void restart() {
    feeds.values().forEach(FilterFeed::restart);
  }

  /** Is called every few seconds, to try again what failed. */
  void tick() {
    feeds.values().forEach(FilterFeed::tick);
  }

  /** Begins to read the snapshots that are wanted. */
  void readWanted() {
    feeds.values().forEach(FilterFeed::readIfWanted);
  }

  /** Nothing can be read now, so who waits for the first snapshot is told. */
  void failNew(RuntimeException failure) {
    feeds.values().forEach(feed -> feed.failNew(failure));
    feeds.values().removeIf(FilterFeed::isEmpty);
  }

  void tell(Step step) {
    feeds.values().forEach(feed -> feed.tell(step));
  }

  void progress(Subject subject, Encoded progress) {
    feeds.values().forEach(feed -> feed.progress(subject, progress));
  }

  private void read(FilterFeed feed) {
    executor.execute(
        () -> {
          try {
            Snapshot snapshot = snapshots.read(feed.filter());
            thread.accept(() -> feed.read(snapshot));
          } catch (RuntimeException failure) {
            thread.accept(
                () -> {
                  feed.failed(failure);
                  removeIfEmpty(feed);
                });
          }
        });
  }

  private void removeIfEmpty(FilterFeed feed) {
    if (feed.isEmpty()) {
      feeds.remove(feed.filter(), feed);
    }
  }
}
