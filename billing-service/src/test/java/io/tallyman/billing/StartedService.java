package io.tallyman.billing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * A service that runs, with its own database and store.
 *
 * @param management the address of the management port
 * @param owner connections with the role that owns the tables
 * @param client sends requests to the service
 */
record StartedService(
    Path store, URI management, Jdbi owner, EmbeddedServer server, HttpClient client) {
  private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Services without settings of a test, which no test class uses now. */
  private static final Queue<StartedService> IDLE = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> IDLE.forEach(StartedService::deleteStore)));
  }

  /** A service that another test class has used, or a new one. */
  static StartedService take() {
    StartedService idle = IDLE.poll();
    return idle == null ? launch(newDatabase(), Map.of()) : idle;
  }

  /** The settings of a new, empty database with an owner, and a role for the service. */
  static Map<String, ?> newDatabase() {
    String name = "billing_" + DATABASES.incrementAndGet();
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

  /** Starts a service on a database that exists. */
  static StartedService launch(Map<String, ?> database, Map<String, ?> settings) {
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
      return new StartedService(
          store,
          URI.create(Ports.url(managementPort)),
          TableOwner.of(all),
          ApplicationContext.run(EmbeddedServer.class, all),
          HttpClient.newHttpClient());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Deletes the files, and keeps the service for another test class. Its rows are deleted before.
   */
  void giveBack() {
    // The service knows which folders it has made.
    files().filter(Files::isRegularFile).forEach(StartedService::delete);
    IDLE.add(this);
  }

  void stop() {
    client.close();
    server.getApplicationContext().close();
    deleteStore();
  }

  /** All files and folders of the store. */
  Stream<Path> files() {
    try (Stream<Path> files = Files.walk(store)) {
      return files.toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void deleteStore() {
    files().sorted(Comparator.reverseOrder()).forEach(StartedService::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
