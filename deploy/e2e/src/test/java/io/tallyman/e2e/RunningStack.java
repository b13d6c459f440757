package io.tallyman.e2e;

import io.tallyman.standalone.stack.Stack;
import io.tallyman.testing.ContainerStack;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stacks that several test classes use, of the kind that {@link StackChoice} chooses. The first
 * test of a stack starts it. It stops when the JVM ends.
 */
enum RunningStack {
  /**
   * Classes use it at the same time ({@link OnSharedStack}). So none of them stops a part, locks a
   * table, or expects that no other task runs.
   */
  SHARED,

  /** One class at a time uses it ({@link OnBreakableStack}), and may break it. */
  BREAKABLE;

  /** Smaller than the default, so that a test can exceed it. */
  static final int MOST_UPLOAD_BYTES = 60_000_000;

  /** Decrypts the sealed profiles of user-service. */
  static final String PROFILES_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

  /** What the broker has lost is dispatched again sooner than by default. */
  private static final String UNCLAIMED_AFTER = "3s";

  private static final int WORKERS = 2;
  private static final Path HOME = Path.of(System.getProperty("tallyman.home"));
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TALLYMAN_UPLOADS_MAX_BYTES",
          Integer.toString(MOST_UPLOAD_BYTES),
          "TALLYMAN_PROFILES_KEY",
          PROFILES_KEY,
          "TALLYMAN_TASKS_UNCLAIMED_AFTER",
          UNCLAIMED_AFTER);

  private static final Map<RunningStack, TallymanStack> STARTED = new ConcurrentHashMap<>();

  TallymanStack get() {
    return STARTED.computeIfAbsent(this, _ -> start());
  }

  /** For tests that need direct access to processes, files and logs. */
  Stack embedded() {
    return ((EmbeddedStack) get()).stack();
  }

  /** For tests that need a real RabbitMQ. */
  ContainerStack containers() {
    return (ContainerStack) get();
  }

  Gateway gateway() {
    return new Gateway(get());
  }

  private static TallymanStack start() {
    return StackChoice.IN_CONTAINERS
        ? ContainerStack.start(ServiceImages.IMAGES, WORKERS, SETTINGS)
        : EmbeddedStack.start(HOME, Layout.ofWorkers(WORKERS), SETTINGS);
  }
}
