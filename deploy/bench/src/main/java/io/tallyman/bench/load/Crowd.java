package io.tallyman.bench.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that work at the same time, each on a virtual thread with a connection of its own. */
public record Crowd(URI address, int clients) {

  /** One request or several, for one item. */
  @FunctionalInterface
  public interface Work<R> {
    R with(HttpConnection connection, int item);
  }

  /**
   * Does the work for the items from 0 to {@code items - 1}. Each client takes the next item as
   * soon as it has finished one.
   *
   * @return the results, in no particular order
   * @throws IllegalStateException with the first failure; the other clients finish their items
   */
  public <R> List<R> each(int items, Work<R> work) {
    AtomicInteger next = new AtomicInteger();
    List<Future<List<R>>> crowd = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        crowd.add(threads.submit(() -> one(next, items, work)));
      }
    }
    List<R> results = new ArrayList<>(items);
    for (Future<List<R>> client : crowd) {
      results.addAll(resultOf(client));
    }
    return results;
  }

  private <R> List<R> one(AtomicInteger next, int items, Work<R> work) {
    List<R> results = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(address)) {
      for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
        results.add(work.with(connection, item));
      }
    }
    return results;
  }

  private static <R> R resultOf(Future<R> client) {
    try {
      return client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted.", e);
    }
  }
}
