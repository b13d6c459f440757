package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** While the database is unavailable, clients get 503 and may try again. */
final class OutageTest {
  private static final String SHEET =
      """
      {"task": "billing.sheet", "parameters": {"billing_date": "2026-01-05"}}
      """;
  private static final String UNKNOWN = "019b0000-0000-7000-8000-000000000000";
  private static final Map<String, String> BODIES =
      Map.of("/tasks", SHEET, "/vendors", "{\"account_name\": \"Outage\"}");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.tallyman.kit.database");

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.database.connections", 3,
              "tallyman.database.min-connections", 3,
              "datasources.default.connection-timeout", 300,
              "tallyman.database.attempt-connections", 2,
              "tallyman.database.attempt-min-connections", 2,
              "datasources.attempts.connection-timeout", 300));

  @Test
  void requestThatGetsNoConnectionMayComeBack() {
    try (Handle _ = SERVICE.jdbi().open();
        Handle _ = SERVICE.jdbi().open();
        Handle _ = SERVICE.jdbi().open()) {
      assertMayComeBack(SERVICE.post("/tasks", SHEET), "database-unavailable");
    }
  }

  @Test
  void requestWhoseConnectionIsEndedMayComeBack() {
    try (Handle locking = SERVICE.jdbi().open()) {
      locking.begin();
      locking.execute("LOCK TABLE task IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Answer> submitted =
          CompletableFuture.supplyAsync(() -> SERVICE.post("/tasks", SHEET));

      await("its connection is ended")
          .atMost(PATIENCE)
          .until(
              () ->
                  SERVICE.jdbi().withHandle(ending -> endWaiting(ending, "INSERT INTO task")) == 1);

      assertMayComeBack(submitted.join(), "database-unavailable");
      locking.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks", "/tasks/" + UNKNOWN + "/cancel", "/vendors"})
  void requestWhoseConnectionIsEndedBeforeItsFirstStatementMayComeBack(String path) {
    // One connection is left; the pool does not check a connection that was used just now.
    try (Handle ending = SERVICE.jdbi().open();
        Handle _ = SERVICE.jdbi().open()) {
      Answer answer =
          await("a request that is given an ended connection")
              .atMost(PATIENCE)
              .until(
                  () -> postAfterTheEndOfAllOthers(path, ending), ended -> ended.status() >= 500);

      assertMayComeBack(answer, "database-unavailable");
    }
    // So that no other test gets a closed connection.
    assertThat(DelegatingDataSource.unwrapDataSource(SERVICE.bean(DataSource.class)))
        .isInstanceOfSatisfying(
            HikariDataSource.class, hikari -> hikari.getHikariPoolMXBean().softEvictConnections());
  }

  private static Answer postAfterTheEndOfAllOthers(String path, Handle ending) {
    SERVICE.get("/vendors");
    ending
        .createQuery(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE usename = current_user AND pid <> pg_backend_pid()
            """)
        .mapTo(Long.class)
        .one();
    return SERVICE.post(path, BODIES.getOrDefault(path, ""));
  }

  @Test
  void uploadThatTheStoreDoesNotTakeMayComeBack() throws Exception {
    Path uploads = SERVICE.file("uploads");
    Files.delete(uploads);
    Files.createFile(uploads);
    try {
      assertMayComeBack(
          SERVICE.send(
              HttpRequest.newBuilder(SERVICE.uri("/imports"))
                  .header("Content-Type", "text/csv")
                  .POST(BodyPublishers.ofString("a,b\n"))),
          "upload-not-stored");
    } finally {
      Files.delete(uploads);
      Files.createDirectory(uploads);
    }
  }

  @Test
  void whatIsDoneOnAScheduleTellsOfAnOutageInALine() {
    ListAppender<ILoggingEvent> log = attach();
    try (Handle _ = SERVICE.attempts().open();
        Handle _ = SERVICE.attempts().open()) {
      awaitLine(log, "Watchdog failed because the database does not answer");
    } finally {
      LOGGER.detachAppender(log);
    }
  }

  @Test
  void whatIsDoneOnAScheduleTellsOfAnEndedConnectionInALine() {
    ListAppender<ILoggingEvent> log = attach();
    // Opens both now: the requests that wait for the lock may take all other connections.
    try (Handle ending = SERVICE.jdbi().open();
        Handle locking = SERVICE.jdbi().open()) {
      locking.begin();
      locking.execute("LOCK TABLE task IN ACCESS EXCLUSIVE MODE");

      await("its connection is ended")
          .atMost(PATIENCE)
          .until(() -> endWaiting(ending, "status = 'STARTED'") > 0);

      awaitLine(
          log,
          "failed because the database does not answer (org.postgresql.util.PSQLException: FATAL");
      locking.rollback();
    } finally {
      LOGGER.detachAppender(log);
    }
  }

  /**
   * PostgreSQL checks that silent clients are alive, so the locks of a vanished service are
   * released.
   */
  @Test
  void serverAsksWhetherASilentServiceIsThere() {
    assertThat(attemptsShow("tcp_keepalives_idle")).isEqualTo("10");
  }

  /** The settings of one pool do not replace those that all pools have. */
  @Test
  void statementsOnAttemptsDoNotWaitLongForARowAndReadNoWholeTable() {
    assertThat(attemptsShow("lock_timeout")).isEqualTo("5s");
    assertThat(attemptsShow("enable_seqscan")).isEqualTo("off");
    assertThat(attemptsShow("jit")).isEqualTo("off");
  }

  private static String attemptsShow(String setting) {
    return SERVICE
        .attempts()
        .withHandle(handle -> handle.createQuery("SHOW " + setting).mapTo(String.class).one());
  }

  private static ListAppender<ILoggingEvent> attach() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    LOGGER.addAppender(log);
    return log;
  }

  private static void awaitLine(ListAppender<ILoggingEvent> log, String words) {
    await("a line that says so")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains(words)));
    assertThat(log.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("\n") || line.contains("SELECT"));
  }

  /** Ends the connections that wait in such a statement. Returns how many. */
  private static long endWaiting(Handle handle, String statement) {
    return handle
        .createQuery(
            """
            WITH waiting AS MATERIALIZED (
              SELECT pid FROM pg_stat_activity
              WHERE wait_event_type = 'Lock' AND datname = current_database()
                AND query LIKE '%' || :statement || '%' AND pid <> pg_backend_pid()
            )
            SELECT count(pg_terminate_backend(pid)) FROM waiting
            """)
        .bind("statement", statement)
        .mapTo(Long.class)
        .one();
  }

  private static void assertMayComeBack(Answer answer, String slug) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("type")).endsWith(":" + slug);
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }
}
