package io.tallyman.e2e.chaos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What was accepted, and what is expected of it. */
final class Ledger {
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final LongAdder replayed = new LongAdder();

  enum Cancelled {
    NO,
    /** The answer was lost, so it may have been too late. */
    PERHAPS,
    YES
  }

  /** A task that a client has the 202 of. */
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

  /** The same again where the request was answered before. */
  List<Entry> accepted(List<String> ids, List<Promise> promises) {
    if (ids.size() != promises.size()) {
      throw new AssertionError(promises.size() + " tasks were ordered, and these are: " + ids);
    }
    return ids.stream()
        .map(
            id ->
                entries.computeIfAbsent(id, key -> new Entry(key, promises.get(ids.indexOf(key)))))
        .toList();
  }

  /** Notes how a request was answered, or that it was not. */
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
