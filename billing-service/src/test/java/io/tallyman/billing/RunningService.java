package io.tallyman.billing;

import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.json.JsonMapper;
import io.tallyman.billing.store.StoreNames;
import io.tallyman.kit.credential.InternalCallers;
import io.tallyman.kit.database.SqlStates;
import io.tallyman.testkit.RawRequest;
import io.tallyman.testkit.ServiceCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The real service with its own database and store. The tables belong to another role than that of
 * the service. Unless a test gives it a broker it has none, so that only the test dispatches tasks.
 */
public final class RunningService implements AutoCloseable {
  /** The SQL state {@code deadlock_detected}. */
  private static final List<String> DEADLOCK = List.of("40P01");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static {
    // Other modules are tested at the same time, and the machine may have few processors.
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  private final Supplier<StartedService> starter;
  private final boolean isReusable;

  /** Null after {@link #close()}. */
  private @Nullable StartedService started;

  private RunningService(Supplier<StartedService> starter, boolean isReusable) {
    this.starter = starter;
    this.isReusable = isReusable;
    this.started = starter.get();
  }

  /**
   * A service for a test class that changes neither its settings nor its tables. Another class may
   * have used it. Of that class, only audit events are left, because nothing can delete them.
   */
  public static RunningService start() {
    return new RunningService(StartedService::take, true);
  }

  /** A new service. */
  public static RunningService start(Map<String, ?> settings) {
    return new RunningService(() -> StartedService.launch(newDatabase(), settings), false);
  }

  /** A new service on a database that exists. */
  public static RunningService startOn(Map<String, ?> database) {
    return new RunningService(() -> StartedService.launch(database, Map.of()), false);
  }

  /** The settings of a new, empty database with an owner, and a role for the service. */
  public static Map<String, ?> newDatabase() {
    return StartedService.newDatabase();
  }

  /** A class whose test is repeated after the class has ended gets a service again. */
  private synchronized StartedService started() {
    StartedService current = started;
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
    StartedService last = started;
    if (last == null) {
      return;
    }
    if (isReusable) {
      forget();
      execute("TRUNCATE kept_answer, import_profile");
      last.giveBack();
    } else {
      last.stop();
    }
    started = null;
  }

  private HttpRequest.Builder json(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
  }
}
