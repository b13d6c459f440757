package io.tallyman.kit.batch;

import io.micronaut.core.propagation.PropagatedContext;
import io.tallyman.kit.request.RequestId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits items of many callers together: what arrives while one batch is being committed forms the
 * next batch. A caller that finds no batch under way commits its items at once, on its own thread.
 * So a lone item never waits, and batches grow with the load. Databases call this group commit
 * (DeWitt et al., Implementation Techniques for Main Memory Database Systems, SIGMOD 1984); how the
 * first waiting caller becomes the next leader is from the write queue of LevelDB.
 *
 * <ul>
 *   <li>Items are committed in the order of their arrival. Of items with the same key, only one is
 *       in a batch; the next follows in a later batch.
 *   <li>Each caller is answered after the commit of its own items.
 *   <li>If a batch fails, and it is certain that it was rolled back because of one of its items,
 *       each item is committed alone. Any other failure reaches all callers of the batch, and
 *       nothing is repeated: the commit may have happened.
 * </ul>
 *
 * @param <I> the item
 * @param <O> its outcome
 */
public final class GroupCommit<I, O> {
  private final Work<I, O> work;
  private final Function<I, ?> key;
  private final int mostAtOnce;
  private final int mostWaiting;

  private final Lock lock = new ReentrantLock();
  private final Deque<Entry<I, O>> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * @param work commits a batch
   * @param key items with equal keys are never in the same batch
   * @param mostAtOnce the most items of a batch
   * @param mostWaiting the most items that wait; a call that would exceed this is rejected
   */
  public GroupCommit(Work<I, O> work, Function<I, ?> key, int mostAtOnce, int mostWaiting) {
    this.work = work;
    this.key = key;
    this.mostAtOnce = mostAtOnce;
    this.mostWaiting = mostWaiting;
  }

  /** Commits a batch of items. */
  public interface Work<I, O> {
    /**
     * Commits all items in one transaction, on the thread of any caller, without the request, the
     * transaction and the deadline of that caller.
     *
     * @return one result for each item, in the order of the items. Each is called on the thread of
     *     the caller of its item; what it throws reaches that caller only
     */
    List<Supplier<O>> commit(List<I> items) throws Exception;
  }

  /**
   * Waits until the item is committed.
   *
   * @throws TooManyWaiting if too many items wait; the item is not committed
   */
  public O commit(I item) {
    return commit(List.of(item)).getFirst().get();
  }

  /**
   * Waits until all items are committed, in one or more batches.
   *
   * @return one result for each item, in the order of the items; it returns the outcome, or throws
   *     why the item failed
   * @throws TooManyWaiting if too many items wait; no item is committed
   */
  public List<Supplier<O>> commit(List<I> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    Call call = new Call(items.size());
    List<Entry<I, O>> entries = items.stream().map(item -> new Entry<I, O>(item, call)).toList();
    if (enqueue(entries) || call.becameLeader()) {
      lead(call);
    }
    return entries.stream().map(Entry::result).toList();
  }

  /** How many items wait for the next batches. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the caller has to commit, because no other one does. */
  private boolean enqueue(List<Entry<I, O>> entries) {
    lock.lock();
    try {
      if (waiting.size() + entries.size() > mostWaiting) {
        throw new TooManyWaiting();
      }
      waiting.addAll(entries);
      boolean first = !busy;
      busy = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Commits batches until the own items are committed, then lets the next caller go on. */
  private void lead(Call own) {
    try (var _ = PropagatedContext.empty().propagate()) {
      RequestId.as(
          null,
          () -> {
            while (!own.isDone()) {
              commitBatch(next());
            }
          });
    } finally {
      handOver();
    }
  }

  private List<Entry<I, O>> next() {
    lock.lock();
    try {
      List<Entry<I, O>> batch = new ArrayList<>();
      Set<Object> keys = new HashSet<>();
      Iterator<Entry<I, O>> entries = waiting.iterator();
      while (batch.size() < mostAtOnce && entries.hasNext()) {
        Entry<I, O> entry = entries.next();
        if (keys.add(key.apply(entry.item))) {
          batch.add(entry);
          entries.remove();
        }
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void handOver() {
    lock.lock();
    try {
      Entry<I, O> next = waiting.peek();
      busy = next != null;
      if (next != null) {
        next.call.lead();
      }
    } finally {
      lock.unlock();
    }
  }

  private void commitBatch(List<Entry<I, O>> batch) {
    try {
      List<Supplier<O>> results = work.commit(batch.stream().map(entry -> entry.item).toList());
      for (int index = 0; index < batch.size(); index++) {
        batch.get(index).answer(results.get(index));
      }
    } catch (Throwable failure) {
      if (batch.size() > 1 && RolledBackItem.caused(failure)) {
        batch.forEach(entry -> commitBatch(List.of(entry)));
      } else {
        batch.forEach(entry -> entry.answer(() -> rethrow(failure)));
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <O, X extends Throwable> O rethrow(Throwable failure) throws X {
    throw (X) failure;
  }

  /** One item of a call. */
  private static final class Entry<I, O> {
    private final I item;
    private final Call call;
    private @Nullable Supplier<O> result;

    private Entry(I item, Call call) {
      this.item = item;
      this.call = call;
    }

    private void answer(Supplier<O> answer) {
      result = answer;
      call.answered();
    }

    private Supplier<O> result() {
      if (result == null) {
        throw new IllegalStateException("The item has no result");
      }
      return result;
    }
  }

  /** A caller that waits for its items. Only leaders, one at a time, count its answers. */
  private static final class Call {
    /** True if the caller has to lead; false if all its items have results. */
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

    private int open;

    private Call(int items) {
      open = items;
    }

    private boolean becameLeader() {
      return turn.join();
    }

    private void lead() {
      turn.complete(true);
    }

    private void answered() {
      open--;
      if (isDone()) {
        turn.complete(false);
      }
    }

    private boolean isDone() {
      return open == 0;
    }
  }
}
