import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Makes slow calls, like calls of another service: one by one, on a thread pool, and each on its
 * own virtual thread. Run {@code ./tallyman example concurrency} or {@code java Concurrency.java}.
 *
 * <p>The code of a call is always the same, and it blocks. Only the thread that runs it differs.
 */
final class Concurrency {
  private static final int POOL = 40;

  private Concurrency() {}

  /** Takes how many milliseconds a call lasts, how many calls, and how many for the last row. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    Duration call = Duration.ofMillis(number(arguments, 0, 250));
    int few = number(arguments, 1, 20);
    int many = number(arguments, 2, 10_000);

    System.out.printf("Calls of %d ms each%n%n", call.toMillis());
    System.out.printf("%-34s %8s %9s %17s%n", "how", "calls", "time", "platform threads");
    measure("one by one", few, call, Executors.newSingleThreadExecutor());
    measure("on a pool of " + POOL + " threads", few, call, Executors.newFixedThreadPool(POOL));
    measure("each on a virtual thread", few, call, Executors.newVirtualThreadPerTaskExecutor());
    measure("each on a virtual thread", many, call, Executors.newVirtualThreadPerTaskExecutor());
  }

  /**
   * As asyncio.gather: begins all, waits for all, and has the results in the order of the calls.
   */
  private static void measure(String how, int calls, Duration call, ExecutorService executor)
      throws InterruptedException, ExecutionException {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    long begun = System.nanoTime();
    try (executor) {
      List<Future<Integer>> answers =
          IntStream.range(0, calls)
              .mapToObj(number -> executor.submit(() -> slowCall(number, call, threads)))
              .toList();
      for (int number = 0; number < calls; number++) {
        if (answers.get(number).get() != number) {
          throw new IllegalStateException("Call " + number + " was answered as another one.");
        }
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf("%-34s %,8d %7.2f s %17d%n", how, calls, seconds, threads.size());
  }

  private static int slowCall(int number, Duration call, Set<String> threads)
      throws InterruptedException {
    threads.add(platformThread());
    Thread.sleep(call);
    return number;
  }

  // The name of the carrier thread is only in the text of a virtual thread, after an @.
  private static String platformThread() {
    String thread = Thread.currentThread().toString();
    return thread.substring(thread.indexOf('@') + 1);
  }

  private static int number(String[] arguments, int position, int usual) {
    return arguments.length > position ? Integer.parseInt(arguments[position]) : usual;
  }
}
