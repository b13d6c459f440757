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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

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
      List<List<ServiceProgram>> groups = groups(services.programs(database, broker.uri()));
      List<List<ServiceProgram>> missing =
          groups.stream().map(group -> group.stream().filter(this::isMissing).toList()).toList();
      work(groups);
      for (List<ServiceProgram> group : missing) {
        adopt(group);
      }
    }
  }

  /** In the order of their starts. The services of a group start, stop and write at once. */
  private List<List<ServiceProgram>> groups(List<ServiceProgram> programs) {
    return services.stopOrder().reversed().stream()
        .map(names -> programs.stream().filter(each -> names.contains(each.name())).toList())
        .toList();
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
  private void work(List<List<ServiceProgram>> groups) {
    List<Map<ServiceProgram, Process>> running = new ArrayList<>();
    try {
      boolean ready = true;
      for (List<ServiceProgram> group : groups) {
        running.add(launch(group, this::option));
        ready &= areReady(running.getLast());
      }
      if (ready) {
        rehearse();
      }
      running.reversed().forEach(this::stop);
    } finally {
      running.forEach(AotTraining::kill);
    }
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
  private void adopt(List<ServiceProgram> group) throws IOException {
    List<ServiceProgram> written =
        group.stream().filter(program -> !closing && Files.exists(written(program))).toList();
    Map<ServiceProgram, Process> running =
        launch(written, program -> "-XX:AOTCache=" + written(program));
    try {
      for (ServiceProgram program : written) {
        Process process = Objects.requireNonNull(running.get(program));
        if (isReady(program, process) && stop(process)) {
          cache(program).adopt(written(program));
        }
      }
    } finally {
      kill(running);
    }
  }

  private Map<ServiceProgram, Process> launch(
      List<ServiceProgram> group, Function<ServiceProgram, String> option) {
    Map<ServiceProgram, Process> running = new LinkedHashMap<>();
    for (ServiceProgram program : group) {
      Process process = program.launch(List.of("nice", "-n", "19"), List.of(option.apply(program)));
      scratch.processes().record(program.name(), process.toHandle(), program.port());
      running.put(program, process);
    }
    return running;
  }

  private boolean areReady(Map<ServiceProgram, Process> running) {
    return running.entrySet().stream()
        .allMatch(service -> isReady(service.getKey(), service.getValue()));
  }

  private boolean isReady(ServiceProgram program, Process process) {
    return waitFor(START_TIME, () -> !process.isAlive() || Readiness.of(program.port()))
        && process.isAlive();
  }

  /** Waits until all processes have ended, but not for ever. */
  private void stop(Map<ServiceProgram, Process> running) {
    running.values().forEach(Process::destroy);
    running.values().forEach(this::stop);
  }

  /** Returns whether the process has ended in time. */
  private boolean stop(Process process) {
    process.destroy();
    return waitFor(WRITE_TIME, () -> !process.isAlive());
  }

  private static void kill(Map<ServiceProgram, Process> running) {
    for (Process process : running.values()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
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
