package io.tallyman.standalone.stack;

import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.KeptPassword;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Creates missing AOT caches in the background. It starts all services a second time, separate from
 * the running stack and its data, with the lowest priority, and lets them work. When they are
 * stopped, each JVM writes a cache: the classes that it has loaded, and which methods were used how
 * much, so that later starts compile these methods sooner. Then each service is started once from
 * its new cache, to test it. The start and the stop of the stack never wait for the training.
 */
public final class AotTraining implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofMinutes(2);
  private static final Duration WRITE_TIME = Duration.ofMinutes(3);
  private final Path home;
  private final String adminPassword = KeptPassword.random();
  private final DataDirectory scratch;
  private final Services services;
  private final Rehearsal rehearsal;
  private final Consumer<String> report;
  private final Thread thread = Thread.ofPlatform().name("aot-training").unstarted(this::run);

  private volatile boolean closing;

  /**
   * @param rehearsal what the services do
   * @param report receives a message for the user if there are no caches
   */
  public AotTraining(Path home, Rehearsal rehearsal, Consumer<String> report) {
    this.home = home;
    this.scratch = directory(home);
    Map<String, String> settings = Map.of(Services.ADMIN_PASSWORD, adminPassword);
    this.services = new Services(new StackOptions(home, scratch.root(), 0, 1, settings), scratch);
    this.rehearsal = rehearsal;
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
    try (EmbeddedBroker broker = EmbeddedBroker.start(0);
        EmbeddedDatabase database = EmbeddedDatabase.start(scratch.postgres(), log, Ports.free())) {
      scratch.processes().record("postgres", database.process(), database.port());
      for (String name : Services.DATABASES) {
        database.createDatabase(name, name, scratch.password(name));
      }
      List<ServiceProgram> programs = services.programs(database, broker.uri());
      List<ServiceProgram> missing = programs.stream().filter(this::isMissing).toList();
      work(programs);
      for (ServiceProgram program : missing) {
        adopt(program);
      }
    }
  }

  private boolean isMissing(ServiceProgram program) {
    return cache(program).isMissing();
  }

  private AotCache cache(ServiceProgram program) {
    return AotCache.of(home, program.jar());
  }

  private Path written(ServiceProgram program) {
    return scratch.root().resolve(program.name() + ".aot");
  }

  /** Lets all services work together. Afterwards those without a cache have written one. */
  private void work(List<ServiceProgram> programs) {
    List<Process> running = new ArrayList<>();
    try {
      boolean ready = true;
      for (ServiceProgram program : inStartOrder(programs)) {
        Process process = launch(program, option(program));
        running.add(process);
        ready &= isReady(program, process);
      }
      if (ready) {
        rehearse();
      }
      // One after the other, because a JVM that writes a cache needs much memory.
      running.reversed().forEach(this::stop);
    } finally {
      running.forEach(AotTraining::kill);
    }
  }

  private List<ServiceProgram> inStartOrder(List<ServiceProgram> programs) {
    List<String> names = services.stopOrder().reversed().stream().flatMap(List::stream).toList();
    return programs.stream()
        .sorted(Comparator.comparingInt(program -> names.indexOf(program.name())))
        .toList();
  }

  private String option(ServiceProgram program) {
    return isMissing(program)
        ? "-XX:AOTCacheOutput=" + written(program)
        : cache(program).options().getFirst();
  }

  private void rehearse() {
    try {
      Path files = Files.createDirectory(scratch.root().resolve("rehearsal"));
      URI gateway = URI.create(services.url(Services.GATEWAY));
      rehearsal.run(gateway, adminPassword, files, () -> closing);
    } catch (IOException | RuntimeException e) {
      if (!closing) {
        report.accept(
            "The services could not work for their AOT caches, so only the next start will be"
                + " faster: "
                + e.getMessage());
      }
    }
  }

  /**
   * Uses a cache only after its program has started with it, because a JVM can write a cache that
   * crashes it.
   */
  private void adopt(ServiceProgram program) throws IOException {
    Path written = written(program);
    if (closing || !Files.exists(written)) {
      return;
    }
    Process process = launch(program, "-XX:AOTCache=" + written);
    try {
      if (isReady(program, process) && stop(process)) {
        cache(program).adopt(written);
      }
    } finally {
      kill(process);
    }
  }

  private Process launch(ServiceProgram program, String option) {
    Process process = program.launch(List.of("nice", "-n", "19"), List.of(option));
    scratch.processes().record(program.name(), process.toHandle(), program.port());
    return process;
  }

  private boolean isReady(ServiceProgram program, Process process) {
    return waitFor(START_TIME, () -> !process.isAlive() || Readiness.of(program.port()))
        && process.isAlive();
  }

  /** Returns whether the process has ended in time. */
  private boolean stop(Process process) {
    process.destroy();
    return waitFor(WRITE_TIME, () -> !process.isAlive());
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private boolean waitFor(Duration patience, Condition condition) {
    Instant deadline = Instant.now().plus(patience);
    try {
      while (!closing && Instant.now().isBefore(deadline)) {
        if (condition.holds()) {
          return true;
        }
        Thread.sleep(100);
      }
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts this thread.", e);
    }
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }
}
