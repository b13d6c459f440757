package io.tallyman.e2e.chaos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The accepted tasks, and what is expected of them. */
final class Ledger {
  private final Consumer<String> accepted;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final LongAdder replayed = new LongAdder();

  enum Cancelled {
    NO,
    /** The answer was lost, so the cancel may have come too late. */
    PERHAPS,
    YES
  }

  /** A task for which a client got a 202. */
  static final class Entry {
    final String id;
    final Promise promise;
    volatile Cancelled cancelled = Cancelled.NO;
    volatile boolean takenBack;

    private Entry(String id, Promise promise) {
      this.id = id;
      this.promise = promise;
    }
  }

  /**
   * @param accepted gets the id of each new task
   */
  Ledger(Consumer<String> accepted) {
    this.accepted = accepted;
  }

  /** The same tasks again, if the request was answered before. */
  List<Entry> accepted(List<String> ids, List<Promise> promises) {
    if (ids.size() != promises.size()) {
      throw new AssertionError(promises.size() + " tasks were ordered, and these are: " + ids);
    }
    return ids.stream()
        .map(id -> entries.computeIfAbsent(id, key -> entry(key, promises.get(ids.indexOf(key)))))
        .toList();
  }

  private Entry entry(String id, Promise promise) {
    accepted.accept(id);
    return new Entry(id, promise);
  }

  /** Records the answer to a request, or that there was none. */
  void answered(String how) {
    answers.computeIfAbsent(how, _ -> new LongAdder()).increment();
  }

  void replayed() {
    replayed.increment();
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  boolean has(String id) {
    return entries.containsKey(id);
  }

  Map<String, LongAdder> answers() {
    return answers;
  }

  long replays() {
    return replayed.sum();
  }
}
