package io.tallyman.standalone.stack;

import io.tallyman.embedded.BrokerLog;
import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.process.LogTail;
import io.tallyman.embedded.process.Ports;
import io.tallyman.embedded.process.StartFailure;
import io.tallyman.standalone.process.ServiceProgram;
import io.tallyman.standalone.process.Supervised;
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
 * All of Tallyman on this machine: PostgreSQL, the broker (inside this JVM) and the services. Each
 * service is its own process. If a process ends after the start, this is reported and the process
 * is started again on its port. {@link #close} stops everything.
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
   * @param report receives messages for the user about processes that ended
   */
  public Stack(StackOptions options, Consumer<String> report) {
    this.home = options.home();
    this.directory = new DataDirectory(options.directory());
    this.report = report;
    this.services = new Services(options, directory);
  }

  /**
   * Returns when every service is ready. The stack stops when this JVM ends, if it was not closed
   * before.
   *
   * @throws StartFailure with the end of the log of the process that did not start; nothing is left
   *     running
   */
  public static Stack start(StackOptions options) {
    Stack stack = new Stack(options, System.err::println);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
    stack.claim();
    stack.start();
    return stack;
  }

  /** Makes the AOT caches of this build that are missing, from which its services start faster. */
  public static void train(Path home, Rehearsal rehearsal) {
    AotTraining training = new AotTraining(home, rehearsal, System.err::println);
    training.start();
    training.awaitEnd();
  }

  /**
   * Locks the directory and checks the port for this stack. Stops processes that an earlier stack
   * left running there.
   *
   * @throws UsageError with a message of one line; nothing is left running
   */
  public void claim() {
    closeOnFailure(
        () -> {
          step(() -> claim = directory.claim());
          directory.recordLauncher(0);
          stopLeftovers();
          requireFreePort();
        });
  }

  /** Like {@link #start(StackOptions)}, after {@link #claim}. */
  public void start() {
    closeOnFailure(
        () -> {
          step(() -> brokerLog = BrokerLog.open(directory.newLog("broker")));
          startInfrastructure();
          startServices();
          processes.values().forEach(Supervised::keepAlive);
        });
  }

  /** The address of the first gateway, without a path. */
  public URI gateway() {
    return address(Services.GATEWAY);
  }

  /**
   * The address of a service, without a path.
   *
   * @param name a name as in {@link #process}
   */
  public URI address(String name) {
    return URI.create(services.url(name));
  }

  /**
   * The address of the management endpoints of a service, without a path.
   *
   * @param name a name as in {@link #process}
   */
  public URI management(String name) {
    return URI.create(services.managementUrl(name));
  }

  /** The directory of the data, the sheets and the logs. */
  public Path directory() {
    return directory.root();
  }

  /**
   * The JDBC address of {@code users} or {@code billing}, with the user and password of its
   * service.
   */
  public String jdbcUrl(String name) {
    return database().jdbcUrl(name) + "?user=" + name + "&password=" + directory.password(name);
  }

  /** The AMQP address of the broker, with user and password. */
  public URI brokerUri() {
    return broker().uri();
  }

  /**
   * The process that currently has this name.
   *
   * @param name {@code postgres, user-service, billing-service, gateway, worker-1, worker-2}, …;
   *     {@code gateway-2} if there are more gateways
   */
  public ProcessHandle process(String name) {
    return supervised(name).process();
  }

  /** Like {@code kill -9}. The process is started again. */
  public void kill(String name) {
    process(name).destroyForcibly();
  }

  /** Like {@link #kill}, together with all its child processes at once, like a power cut. */
  public void killTree(String name) {
    ProcessHandle process = process(name);
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Stops the broker, which loses its messages, and starts it again on its port.
   *
   * @param meanwhile runs while there is no broker
   */
  public void restartBroker(Runnable meanwhile) {
    EmbeddedBroker stopped = broker();
    stopped.close();
    meanwhile.run();
    step(() -> broker = stopped.startAgain());
  }

  /**
   * Stops the services, then the broker, then PostgreSQL. Waits for processes that are being
   * started. A second call does nothing.
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
      report.accept(
          "Stopped processes that an earlier run left running: "
              + String.join(", ", stopped)
              + ".");
    }
  }

  private void requireFreePort() {
    if (Ports.isTaken(services.port(Services.GATEWAY))) {
      throw new UsageError(
          "Port "
              + services.port(Services.GATEWAY)
              + " is taken. Choose another port with --port.");
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

  // A service starts when the services that it calls are ready. So a gateway that is ready can be
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

  /** Describes the fault of a process, with the end of its log. */
  public String fault(String name, String what) {
    return LogTail.explaining(name + " " + what + ".", directory.log(name));
  }

  /** The worker whose log contains the task; billing-service if no worker had it. */
  public String whoLogged(String taskId) {
    return processes.keySet().stream()
        .filter(Services::isWorker)
        .filter(name -> LogTail.mentions(directory.log(name), taskId))
        .findFirst()
        .orElse(Services.BILLING);
  }

  // close() can run at any time: it must see everything that was started.
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
