package io.tallyman.user;

import io.micronaut.test.support.TestPropertyProvider;
import io.tallyman.standalone.EmbeddedDatabase;
import java.util.Map;

/** Runs a test on a real PostgreSQL, which all tests of this JVM share. */
public interface RealDatabase extends TestPropertyProvider {
  EmbeddedDatabase DATABASE = start();

  @Override
  default Map<String, String> getProperties() {
    return Map.of(
        "tallyman.database.url",
        DATABASE.jdbcUrl("users"),
        "micronaut.http.client.exception-on-error-status",
        "false");
  }

  private static EmbeddedDatabase start() {
    EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
    database.createDatabase("users", "users", "users");
    return database;
  }
}
