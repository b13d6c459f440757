package io.tallyman.worker.task;

import io.tallyman.kit.request.RequestId;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a long part of an attempt on a platform thread, while the attempt's own thread waits.
 * Attempts have virtual threads, which share a few carriers: an attempt that parses or writes for
 * long would occupy one of them and delay all others.
 *
 * @param <T> the result
 */
final class LongWork<T> {
  private final FutureTask<T> result;
  private final Thread thread;

  private LongWork(String name, Work.Step<T> step) {
    result = new FutureTask<>(step::run);
    thread = Thread.ofPlatform().daemon().name(name).unstarted(RequestId.carriedBy(result));
  }

  /** Returns when the step's thread has ended. An interrupt of the caller is passed on to it. */
  static <T> T run(String name, Work.Step<T> step) throws IOException, InterruptedException {
    LongWork<T> work = new LongWork<>(name, step);
    work.thread.start();
    return work.await();
  }

  private T await() throws IOException, InterruptedException {
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException stop) {
        thread.interrupt();
      }
    }
    try {
      return result.get();
    } catch (ExecutionException failure) {
      throw thrown(failure);
    }
  }

  /** The step's own exception to throw; an error, or an interrupt, is thrown here. */
  private static RuntimeException thrown(ExecutionException failure)
      throws IOException, InterruptedException {
    return switch (failure.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case IOException checked -> throw checked;
      case InterruptedException stopped -> throw stopped;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(failure);
    };
  }
}
