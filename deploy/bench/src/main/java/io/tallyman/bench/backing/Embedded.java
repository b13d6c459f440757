package io.tallyman.bench.backing;

import io.tallyman.embedded.EmbeddedBroker;
import io.tallyman.embedded.EmbeddedDatabase;
import io.tallyman.embedded.KeptPassword;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code ./tallyman up} uses. The broker is a part of this process. */
public final class Embedded implements Backing {
  private static final List<String> DATABASES = List.of("users", "billing");

  private final Path directory;
  private final EmbeddedDatabase database;
  private final EmbeddedBroker broker;

  private Embedded(Path directory, EmbeddedDatabase database, EmbeddedBroker broker) {
    this.directory = directory;
    this.database = database;
    this.broker = broker;
  }

  /** Returns when both accept connections. */
  public static Embedded start(Path directory) {
    EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("postgres"));
    Embedded embedded = new Embedded(directory, database, EmbeddedBroker.start(0));
    Runtime.getRuntime().addShutdownHook(new Thread(embedded::close, "stop-embedded"));
    DATABASES.forEach(name -> database.createDatabase(name, name, embedded.password(name)));
    return embedded;
  }

  @Override
  public String description() {
    return "the embedded PostgreSQL 18 and the embedded broker, which runs in the load generator";
  }

  @Override
  public String postgres() {
    return "127.0.0.1:" + database.port();
  }

  @Override
  public String password(String role) {
    return KeptPassword.in(directory.resolve(role + ".password"));
  }

  @Override
  public URI broker(String user) {
    return broker.uri();
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    return Map.of("postgres", database.process());
  }

  @Override
  public synchronized void close() {
    broker.close();
    database.close();
  }
}
