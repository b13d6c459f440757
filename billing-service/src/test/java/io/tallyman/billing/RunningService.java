package io.tallyman.billing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.process.Ports;
import io.tallyman.kit.credential.InternalCallers;
import io.tallyman.kit.database.SqlStates;
import io.tallyman.testkit.RawRequest;
import io.tallyman.testkit.ServiceCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The real service with its own database and store. The tables belong to another role than that of
 * the service. Unless a test gives it a broker it has none, so that only the test dispatches tasks.
 */
public final class RunningService implements AutoCloseable {
  private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();
  private static final AtomicInteger STARTED = new AtomicInteger();

  /** Services without settings of a test, which no test class uses now. */
  private static final Queue<Started> IDLE = new ConcurrentLinkedQueue<>();

  /** The SQL state {@code deadlock_detected}. */
  private static final List<String> DEADLOCK = List.of("40P01");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static {
    // Other modules are tested at the same time, and the machine may have few processors.
    Awaitility.setDefaultTimeout(PATIENCE);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> IDLE.forEach(Started::deleteStore)));
  }

  private final Supplier<Started> starter;
  private final boolean isReusable;

  /** Null after {@link #close()}. */
  private @Nullable Started started;

  private record Started(
      Path store, URI management, Jdbi owner, EmbeddedServer server, HttpClient client) {
    private Stream<Path> files() {
      try (Stream<Path> files = Files.walk(store)) {
        return files.toList().stream();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private void deleteStore() {
      files().sorted(Comparator.reverseOrder()).forEach(RunningService::delete);
    }
  }

  private RunningService(Supplier<Started> starter, boolean isReusable) {
    this.starter = starter;
    this.isReusable = isReusable;
    this.started = starter.get();
  }

  /**
   * A service for a test class that changes neither its settings nor its tables. Another class may
   * have used it; no rows and no files of that class are left.
   */
  public static RunningService start() {
    return new RunningService(
        () -> {
          Started idle = IDLE.poll();
          return idle == null ? launch(newDatabase(), Map.of()) : idle;
        },
        true);
  }

  /** A new service. */
  public static RunningService start(Map<String, ?> settings) {
    return new RunningService(() -> launch(newDatabase(), settings), false);
  }

  /** A new service on a database that exists. */
  public static RunningService startOn(Map<String, ?> database) {
    return new RunningService(() -> launch(database, Map.of()), false);
  }

  /** The settings of a new, empty database with an owner, and a role for the service. */
  public static Map<String, ?> newDatabase() {
    String name = "billing_" + STARTED.incrementAndGet();
    String owner = name + "_owner";
    DATABASE.createDatabase(name, owner, owner);
    DATABASE.createUser(name, name, name);
    return Map.of(
        "tallyman.database.url", DATABASE.jdbcUrl(name),
        "tallyman.database.user", name,
        "tallyman.database.password", name,
        "tallyman.database.owner-user", owner,
        "tallyman.database.owner-password", owner);
  }

  private static Started launch(Map<String, ?> database, Map<String, ?> settings) {
    try {
      Path store = Files.createTempDirectory("tallyman-store-");
      int managementPort = Ports.free();
      Map<String, Object> all = new HashMap<>();
      all.put("micronaut.server.port", -1);
      all.put("tallyman.management.port", managementPort);
      all.putAll(database);
      all.put("tallyman.database.connections", 6);
      all.put("tallyman.broker.uri", "amqp://nobody:nothing@127.0.0.1:1/%2f");
      all.put("tallyman.store.directory", store);
      all.putAll(settings);
      return new Started(
          store,
          URI.create(Ports.url(managementPort)),
          TableOwner.of(all),
          ApplicationContext.run(EmbeddedServer.class, all),
          HttpClient.newHttpClient());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A class whose test is repeated after the class has ended gets a service again. */
  private synchronized Started started() {
    Started current = started;
    if (current == null) {
      current = starter.get();
      started = current;
    }
    return current;
  }

  public <T> T bean(Class<T> type) {
    return started().server().getApplicationContext().getBean(type);
  }

  public <T> T bean(Argument<T> type) {
    return started().server().getApplicationContext().getBean(type);
  }

  public Jdbi jdbi() {
    return bean(Jdbi.class);
  }

  /** The connection pool for claims, heartbeats and outcomes. */
  public Jdbi attempts() {
    return started()
        .server()
        .getApplicationContext()
        .getBean(Jdbi.class, Qualifiers.byName("attempts"));
  }

  /** The path of a file in the sheet store. */
  public Path file(String name) {
    return started().store().resolve(name);
  }

  /** The place of an attempt's sheet. Its folder is made. */
  public Path sheet(UUID task, int attempt) {
    Path file = file(StoreNames.sheet(task, attempt));
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return file;
  }

  /** The place of a task's upload. */
  public Path upload(UUID task) {
    return file(StoreNames.upload(task));
  }

  /** All uploads, complete or not. */
  public List<Path> uploads() {
    return started()
        .files()
        .filter(file -> file.startsWith(file("uploads")) && Files.isRegularFile(file))
        .sorted()
        .toList();
  }

  public URI uri(String path) {
    return started().server().getURI().resolve(path);
  }

  /** An address on the management port. */
  public URI management(String path) {
    return started().management().resolve(path);
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  public Answer post(String path, String json) {
    return send(json(path).POST(BodyPublishers.ofString(json)));
  }

  public Answer patch(String path, String json) {
    return send(json(path).method("PATCH", BodyPublishers.ofString(json)));
  }

  public Answer put(String path, String json) {
    return send(json(path).PUT(BodyPublishers.ofString(json)));
  }

  /** Sends a request with the credential of a service that may send it, unless it has another. */
  public Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    if (built.headers().map().get("Authorization") == null) {
      request.header("Authorization", authorization(built.uri().getPath()));
    }
    return sendUnchanged(request);
  }

  public Answer sendUnchanged(HttpRequest.Builder request) {
    try {
      return new Answer(
          started().client().send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray()),
          bean(JsonMapper.class));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** The credential of a service that may request the path. */
  public String authorization(String path) {
    String route =
        path.startsWith("/internal/") ? path.split("[/?]", -1)[2] : InternalCallers.OTHER_ROUTES;
    String caller =
        bean(InternalCallers.class).routes().entrySet().stream()
            .filter(known -> known.getValue().contains(route))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return caller.equals(InternalCallers.MONITORING)
        ? "Bearer " + ServiceCredential.secretOf(caller)
        : ServiceCredential.authorization(caller, "billing-service");
  }

  /**
   * Sends a request unchanged, byte by byte.
   *
   * @param head with {@code Expect: 100-continue}, the body is sent only when the service reads it
   * @return everything that the server sends until it closes the connection
   */
  public String raw(String head, String body) {
    return new RawRequest(head, body).send(uri("/").getHost(), uri("/").getPort());
  }

  /**
   * Deletes all rows from the database. A sweep of the service may have locked one of the tables
   * and wait for another. Then this is tried again.
   */
  public void forget() {
    boolean done = false;
    while (!done) {
      done = hasForgotten();
    }
  }

  private boolean hasForgotten() {
    try {
      execute(
          "TRUNCATE task, unneeded_sheet, tombstone, worker, unreadable_message, billing, vendor,"
              + " staged_billing, staged_refusal, staged_duplicate, import_duplicate, bulk_task"
              + " RESTART IDENTITY CASCADE");
      return true;
    } catch (UnableToExecuteStatementException failure) {
      if (SqlStates.areIn(failure, DEADLOCK)) {
        return false;
      }
      throw failure;
    }
  }

  /** Runs statements as the owner of the tables. */
  public void execute(String sql, @Nullable Object... values) {
    started().owner().useHandle(handle -> handle.execute(sql, values));
  }

  /** The number of rows of a table; a WHERE condition may follow its name. */
  public long count(String from, Object... values) {
    return jdbi()
        .withHandle(
            handle ->
                handle.select("SELECT count(*) FROM " + from, values).mapTo(Long.class).one());
  }

  /** Stops the service, or keeps it for another test class. */
  @Override
  public synchronized void close() {
    Started last = started;
    if (last == null) {
      return;
    }
    if (isReusable) {
      forget();
      execute("TRUNCATE kept_answer, import_profile");
      // The service knows which folders it has made.
      last.files().filter(Files::isRegularFile).forEach(RunningService::delete);
      IDLE.add(last);
    } else {
      last.client().close();
      last.server().getApplicationContext().close();
      last.deleteStore();
    }
    started = null;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private HttpRequest.Builder json(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
  }
}
