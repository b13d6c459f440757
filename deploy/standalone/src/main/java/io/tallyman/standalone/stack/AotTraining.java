package io.tallyman.standalone.stack;

import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
import io.tallyman.standalone.process.ServiceProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Creates missing AOT caches in the background. It starts each service a second time, separate from
 * the running stack and its data, with the lowest priority. When the service is ready, it is
 * stopped, and its JVM writes the cache. Then the service is started once from the new cache, to
 * test it. The start and the stop of the stack never wait for the training.
 */
public final class AotTraining implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofMinutes(2);
  private static final Duration WRITE_TIME = Duration.ofMinutes(3);
  // No broker listens there, so that a service in training gets no task.
  private static final URI NO_BROKER = URI.create("amqp://nobody:nothing@127.0.0.1:1/%2f");

  private final Path home;
  private final DataDirectory scratch;
  private final Services services;
  private final Consumer<String> report;
  private final Thread thread = Thread.ofPlatform().name("aot-training").unstarted(this::run);

  private volatile boolean closing;

  public AotTraining(Path home, Consumer<String> report) {
    this.home = home;
    this.scratch = directory(home);
    this.services = new Services(new StackOptions(home, scratch.root(), 0, 1, Map.of()), scratch);
    this.report = report;
  }

  /** The data directory of the programs in training. Only one launcher uses it at a time. */
  public static DataDirectory directory(Path home) {
    return new DataDirectory(AotCache.directoryIn(home).resolve("training"));
  }

  /** Starts the training in the background. */
  public void start() {
    thread.start();
  }

  /** Asks the training to stop. {@link #close} waits until it has stopped. */
  public void cancel() {
    closing = true;
  }

  @Override
  public void close() {
    cancel();
    awaitEnd();
  }

  void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    if (services.jars().stream().noneMatch(jar -> AotCache.of(home, jar).isMissing())) {
      return;
    }
    try {
      FileChannel claim = scratch.claim();
      try {
        scratch.stopProcesses();
        trainAll();
      } finally {
        Directories.delete(scratch.root());
        claim.close();
      }
    } catch (UsageError e) {
      // Another stack is training, or the repository is read-only. The next start has no cache.
    } catch (IOException | StartFailure e) {
      report.accept(
          "The AOT caches were not made, so the next start will not be faster: " + e.getMessage());
    }
  }

  private void trainAll() throws IOException {
    Path log = scratch.newLog("postgres");
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(scratch.postgres(), log, Ports.free())) {
      scratch.processes().record("postgres", database.process(), database.port());
      for (String name : Services.DATABASES) {
        database.createDatabase(name, name, scratch.password(name));
      }
      for (ServiceProgram program : services.programs(database, NO_BROKER)) {
        AotCache cache = AotCache.of(home, program.jar());
        if (!closing && cache.isMissing()) {
          train(program, cache);
        }
      }
    }
  }

  /**
   * Uses a cache only after its program has started with it, because a JVM can write a cache that
   * crashes it.
   */
  private void train(ServiceProgram program, AotCache cache) throws IOException {
    Path written = scratch.root().resolve(program.name() + ".aot");
    if (comesUp(program, "-XX:AOTCacheOutput=" + written)
        && Files.exists(written)
        && comesUp(program, "-XX:AOTCache=" + written)) {
      cache.adopt(written);
    }
  }

  /** Starts the program, and stops it when it is ready or when the time is over. */
  private boolean comesUp(ServiceProgram program, String option) {
    Process process = program.launch(List.of("nice", "-n", "19"), List.of(option));
    try {
      scratch.processes().record(program.name(), process.toHandle(), program.port());
      boolean ready =
          waitFor(START_TIME, () -> !process.isAlive() || Readiness.of(program.port()))
              && process.isAlive();
      process.destroy();
      return waitFor(WRITE_TIME, () -> !process.isAlive()) && ready;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread.", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private boolean waitFor(Duration patience, Condition condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    while (!closing && Instant.now().isBefore(deadline)) {
      if (condition.holds()) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }
}
