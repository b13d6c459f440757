package io.tallyman.worker.stream;

import io.tallyman.kit.request.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A producer on its own thread, and a consumer that iterates over the produced items. The producer
 * is at most 8 items ahead. The consumer gets the producer's failure after the items that were
 * produced before it. A consumer that ends early stops the producer with {@link #close}, which
 * returns when the producer's thread has ended.
 *
 * @param <T> the items; each should be large, because passing one between threads has a cost
 */
public final class Pipeline<T> implements Iterable<T>, AutoCloseable {
  private static final int ITEMS_AHEAD = 8;

  private final Semaphore room = new Semaphore(ITEMS_AHEAD);
  private final BlockingQueue<Step<T>> steps = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  /**
   * Produces items on the pipeline's thread, which is interrupted when no more items are wanted.
   */
  public interface Producer<T> {
    void produce(Sink<T> sink) throws IOException, InterruptedException;
  }

  public interface Sink<T> {
    /** Passes an item on. Waits while the consumer is 8 items behind. */
    void put(T item) throws InterruptedException;
  }

  private sealed interface Step<T> {
    record Item<T>(T item) implements Step<T> {}

    record End<T>() implements Step<T> {}
  }

  private Pipeline(Producer<T> producer) {
    String name = Thread.currentThread().getName() + ", producer";
    thread =
        Thread.ofPlatform().daemon().name(name).unstarted(RequestId.carriedBy(() -> run(producer)));
  }

  public static <T> Pipeline<T> start(Producer<T> producer) {
    Pipeline<T> pipeline = new Pipeline<>(producer);
    pipeline.thread.start();
    return pipeline;
  }

  /**
   * The items; call this only once. If the producer failed, {@code next()} throws its failure after
   * the last item.
   */
  @Override
  public Iterator<T> iterator() {
    return new Items();
  }

  /** Throws the producer's failure, if it has failed. */
  public void throwFailure() {
    switch (failure) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      case IOException checked -> throw new UncheckedIOException(checked);
      case Throwable interrupted -> throw cancelled(interrupted);
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException whileStopping) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Producer<T> producer) {
    try {
      producer.produce(this::put);
    } catch (Throwable thrown) {
      failure = thrown;
    }
    steps.add(new Step.End<>());
  }

  private void put(T item) throws InterruptedException {
    room.acquire();
    steps.add(new Step.Item<>(item));
  }

  private static CancellationException cancelled(Throwable cause) {
    CancellationException cancelled = new CancellationException("The pipeline was stopped");
    cancelled.initCause(cause);
    return cancelled;
  }

  private final class Items implements Iterator<T> {
    private @Nullable Step<T> ahead;

    @Override
    public boolean hasNext() {
      return switch (ahead()) {
        case Step.Item<T> _ -> true;
        case Step.End<T> _ -> failure != null;
      };
    }

    @Override
    public T next() {
      return switch (ahead()) {
        case Step.Item<T>(T item) -> {
          ahead = null;
          room.release();
          yield item;
        }
        case Step.End<T> _ -> {
          throwFailure();
          throw new NoSuchElementException();
        }
      };
    }

    private Step<T> ahead() {
      Step<T> known = ahead;
      if (known != null) {
        return known;
      }
      try {
        Step<T> taken = steps.take();
        ahead = taken;
        return taken;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw cancelled(stop);
      }
    }
  }
}
