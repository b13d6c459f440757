package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "tallyman.database.url",
            DATABASE.jdbcUrl(name),
            "tallyman.database.user",
            name,
            "tallyman.database.password",
            name,
            // The role of the service owns the tables, as in the databases of earlier releases.
            "tallyman.database.owner-password",
            "",
            "tallyman.secrets.gateway",
            "the-secret-of-gateway-in-all-tests",
            "tallyman.secrets.worker",
            "the-secret-of-worker-in-all-tests",
            "tallyman.secrets.monitoring",
            "the-secret-of-monitoring-in-all-tests");
    CountDownLatch together = new CountDownLatch(2);

    try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
      Future<RunningService> one = starters.submit(() -> start(together, settings));
      Future<RunningService> other = starters.submit(() -> start(together, settings));
      try (RunningService first = one.get();
          RunningService second = other.get()) {
        assertThat(first.get("/health/readiness").status()).isEqualTo(200);
        assertThat(second.get("/health/readiness").status()).isEqualTo(200);
        assertThat(migrations(first)).hasSize(scripts()).doesNotHaveDuplicates();
      }
    }
  }

  private static RunningService start(CountDownLatch together, Map<String, Object> settings)
      throws InterruptedException {
    together.countDown();
    together.await();
    return RunningService.start(settings);
  }

  private static List<String> migrations(RunningService service) {
    return service
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT version FROM flyway_schema_history WHERE success")
                    .mapTo(String.class)
                    .list());
  }

  private static int scripts() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      return (int) files.count();
    }
  }
}
