package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.tallyman.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances start at the same time on an empty database, as in a first rollout. */
final class StartTogetherTest {
  @AutoClose private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();

  @ParameterizedTest
  @ValueSource(strings = {"first", "second", "third"})
  void twoInstancesComeUpAndMigrateOnce(String name) throws Exception {
    DATABASE.createDatabase(name, name, name);
    Map<String, Object> settings =
        Map.of(
            "micronaut.server.port",
            -1,
            "tallyman.management.port",
            -1,
            "tallyman.database.url",
            DATABASE.jdbcUrl(name),
            "tallyman.database.user",
            name,
            "tallyman.database.password",
            name,
            "tallyman.secrets.worker",
            "the-secret-of-worker-in-all-tests",
            "tallyman.secrets.gateway",
            "the-secret-of-gateway-in-all-tests");
    CountDownLatch together = new CountDownLatch(2);

    try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
      Future<EmbeddedServer> one = starters.submit(() -> start(together, settings));
      Future<EmbeddedServer> other = starters.submit(() -> start(together, settings));
      try (ApplicationContext first = one.get().getApplicationContext();
          ApplicationContext second = other.get().getApplicationContext()) {
        assertThat(List.of(first, second)).allMatch(ApplicationContext::isRunning);
        assertThat(migrations(name)).hasSize(scripts()).doesNotHaveDuplicates();
      }
    }
  }

  private static EmbeddedServer start(CountDownLatch together, Map<String, Object> settings)
      throws InterruptedException {
    together.countDown();
    together.await();
    return ApplicationContext.run(EmbeddedServer.class, settings);
  }

  private static List<String> migrations(String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(DATABASE.jdbcUrl(name), name, name);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT version FROM flyway_schema_history WHERE success")) {
      List<String> versions = new ArrayList<>();
      while (found.next()) {
        versions.add(found.getString(1));
      }
      return versions;
    }
  }

  private static int scripts() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return (int) files.count();
    }
  }
}
