package io.tallyman.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of Tallyman on this machine: PostgreSQL, the broker (inside this JVM) and the services, each
 * a process of its own. A process that ends once the stack is up is reported and started again on
 * its port; {@link #close} stops everything.
 */
public final class Stack implements AutoCloseable {
  private static final Duration STOP_TIME = Duration.ofSeconds(30);
  private static final String DATABASE = "postgres";

  private final Path home;
  private final DataDirectory directory;
  private final Consumer<String> report;
  private final Services services;
  private final Map<String, Supervised> processes = new ConcurrentHashMap<>();
  private final ReadWriteLock steps = new ReentrantReadWriteLock();

  private volatile boolean closing;
  private boolean closed;
  private volatile @Nullable FileChannel claim;
  private volatile @Nullable BrokerLog brokerLog;
  private volatile @Nullable EmbeddedBroker broker;
  private volatile @Nullable EmbeddedDatabase database;

  /**
   * @param report takes what a person should see: lines about processes that ended
   */
  Stack(StackOptions options, Consumer<String> report) {
    this.home = options.home();
    this.directory = new DataDirectory(options.directory());
    this.report = report;
    this.services = new Services(options, directory);
  }

  /**
   * Returns when every service says that it is ready. The stack stops at the latest when this JVM
   * ends.
   *
   * @throws StartFailure with the end of the log of what did not start; nothing is left running
   */
  public static Stack start(StackOptions options) {
    Stack stack = new Stack(options, System.err::println);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
    stack.claim();
    stack.start();
    return stack;
  }

  /** Makes the AOT caches of this build that are missing, from which its services start faster. */
  public static void train(Path home) {
    AotTraining training = new AotTraining(home, System.err::println);
    training.start();
    training.awaitEnd();
  }

  /**
   * Takes the directory and the port for this stack; what an earlier stack left running there is
   * stopped.
   *
   * @throws UsageError in one line; nothing is left running
   */
  void claim() {
    closeOnFailure(
        () -> {
          step(() -> claim = directory.claim());
          directory.recordLauncher(0);
          stopLeftovers();
          requireFreePort();
        });
  }

  /** As {@link #start(StackOptions)}, after {@link #claim}. */
  void start() {
    closeOnFailure(
        () -> {
          step(() -> brokerLog = BrokerLog.open(directory.newLog("broker")));
          startInfrastructure();
          startServices();
          processes.values().forEach(Supervised::keepAlive);
        });
  }

  /** The address of the gateway, without a path. */
  public URI gateway() {
    return address("gateway");
  }

  /**
   * The address of a service, without a path.
   *
   * @param name as {@link #process} has it
   */
  public URI address(String name) {
    return URI.create(services.url(name));
  }

  /** Where the data, the sheets and the logs are. */
  public Path directory() {
    return directory.root();
  }

  /** Of {@code users} or {@code billing}, with the user and password of its service. */
  public String jdbcUrl(String name) {
    return database().jdbcUrl(name) + "?user=" + name + "&password=" + directory.password(name);
  }

  /** The AMQP address of the broker, with user and password. */
  public URI brokerUri() {
    return broker().uri();
  }

  /**
   * The process that runs under this name at the moment.
   *
   * @param name {@code postgres, user-service, billing-service, gateway, worker-1, worker-2}, …
   */
  public ProcessHandle process(String name) {
    return supervised(name).process();
  }

  /** As {@code kill -9}; the process is started again. */
  public void kill(String name) {
    process(name).destroyForcibly();
  }

  /** As {@link #kill}, with every process that it has started, all in one go: as a power cut. */
  public void killTree(String name) {
    ProcessHandle process = process(name);
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Stops the services, then the broker, then PostgreSQL. Waits for what is just being started;
   * does nothing the second time.
   */
  @Override
  public void close() {
    closing = true;
    steps.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      services.stopOrder().forEach(this::stopServices);
      stopInfrastructure();
    } catch (IOException e) {
      throw new UncheckedIOException("The data directory cannot be released: " + e, e);
    } finally {
      steps.writeLock().unlock();
    }
  }

  private void closeOnFailure(Runnable start) {
    try {
      start.run();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void stopLeftovers() {
    List<String> stopped = step(directory::stopProcesses);
    if (!stopped.isEmpty()) {
      report.accept("Stopped what an earlier run had left: " + String.join(", ", stopped) + ".");
    }
  }

  private void requireFreePort() {
    if (Ports.isTaken(services.port("gateway"))) {
      throw new UsageError(
          "Port " + services.port("gateway") + " is taken: name another one with --port.");
    }
  }

  private void startInfrastructure() {
    CompletableFuture<Void> brokerStart = CompletableFuture.runAsync(this::startBroker);
    try {
      startDatabase();
      brokerStart.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartFailure failure ? failure : e;
    }
  }

  private void startBroker() {
    step(() -> broker = EmbeddedBroker.start(0));
    directory.recordLauncher(broker().port());
  }

  private void startDatabase() {
    Path log = directory.newLog(DATABASE);
    int port = Ports.free();
    supervise(
        DATABASE,
        log,
        port,
        () -> {
          EmbeddedDatabase started = EmbeddedDatabase.start(directory.postgres(), log, port);
          database = started;
          return started.process();
        });
    for (String name : Services.DATABASES) {
      database().createDatabase(name, name, directory.password(name));
    }
  }

  // What calls others starts when those are ready: a gateway that says that it is ready can be
  // used.
  private void startServices() {
    List<ServiceProgram> programs = services.programs(database(), broker().uri());
    Readiness readiness = new Readiness(services, processes.values());
    for (List<String> names : services.stopOrder().reversed()) {
      programs.stream()
          .filter(program -> names.contains(program.name()))
          .forEach(this::startService);
      readiness.await();
    }
  }

  private void startService(ServiceProgram program) {
    supervise(
        program.name(),
        program.log(),
        program.port(),
        () -> program.launch(List.of(), AotCache.of(home, program.jar()).options()).toHandle());
  }

  private void supervise(String name, Path log, int port, Supplier<ProcessHandle> launch) {
    Supplier<ProcessHandle> recorded =
        () -> {
          ProcessHandle process = launch.get();
          directory.processes().record(name, process, port);
          return process;
        };
    step(() -> processes.put(name, new Supervised(name, log, recorded, report)));
  }

  /** Says what is wrong with a process, with the end of its log. */
  String fault(String name, String what) {
    return LogTail.explaining(name + " " + what + ".", directory.log(name));
  }

  /** The worker whose log tells of the task; billing-service when no worker had it. */
  String whoLogged(String taskId) {
    return processes.keySet().stream()
        .filter(name -> name.startsWith("worker-"))
        .filter(name -> LogTail.mentions(directory.log(name), taskId))
        .findFirst()
        .orElse("billing-service");
  }

  // What is started becomes known to close() before close() can look.
  private <T> T step(Supplier<T> start) {
    steps.readLock().lock();
    try {
      if (closing) {
        throw new StartFailure("The stack was stopped while it started.");
      }
      return start.get();
    } finally {
      steps.readLock().unlock();
    }
  }

  private void stopServices(List<String> names) {
    List<Supervised> stopping =
        names.stream().map(processes::get).filter(Objects::nonNull).toList();
    stopping.forEach(Supervised::terminate);
    Instant deadline = Instant.now().plus(STOP_TIME);
    stopping.forEach(process -> process.awaitEnd(deadline));
  }

  private void stopInfrastructure() throws IOException {
    if (broker != null) {
      broker.close();
    }
    if (brokerLog != null) {
      brokerLog.close();
    }
    Supervised server = processes.get(DATABASE);
    if (server != null) {
      server.release();
      database().close();
    }
    if (claim != null) {
      directory.stopProcesses();
      directory.forgetLauncher();
      claim.close();
    }
  }

  private EmbeddedDatabase database() {
    return Objects.requireNonNull(database, "The database was not started.");
  }

  private EmbeddedBroker broker() {
    return Objects.requireNonNull(broker, "The broker was not started.");
  }

  private Supervised supervised(String name) {
    Supervised process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("There is no process " + name + " in this stack.");
    }
    return process;
  }
}
