package io.tallyman.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Summing queries that take minutes, as over very many billings. */
final class SlowSumsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SLOW =
      "pg_stat_activity WHERE state = 'active' AND datname ="
          + " current_database() AND pid <> pg_backend_pid() AND wait_event = 'PgSleep'";

  @AutoClose
  private static final RunningService SERVICE =
      RunningService.start(
          Map.of(
              "tallyman.database.connections", 5,
              "tallyman.database.min-connections", 5,
              "datasources.default.connection-timeout", 500));

  /** Replaces the table by a view whose first row takes minutes. */
  @BeforeEach
  void slowDown() {
    SERVICE.execute(
        """
        ALTER TABLE billing RENAME TO fast_billing;
        CREATE VIEW billing AS
        WITH slow AS MATERIALIZED (SELECT pg_sleep(120))
        SELECT fast_billing.* FROM slow, fast_billing;
        GRANT SELECT ON billing TO PUBLIC;
        """);
  }

  @AfterEach
  void speedUp() {
    await("nothing runs on").atMost(PATIENCE).until(() -> slowReads() == 0);
    SERVICE.execute("DROP VIEW billing; ALTER TABLE fast_billing RENAME TO billing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/payables?year=2026",
        "/payables/vendors?year=2026",
        "/managers/1/payables",
        "/billings?currency=GBP"
      })
  void readEndsWithTheDeadlineOfItsCaller(String path) {
    assertTimedOut(ask(path, Duration.ofMillis(500)).join());

    await("it does not run on").atMost(Duration.ofSeconds(1)).until(() -> slowReads() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stats", "/tasks"})
  void readThatWaitsForALockEndsToo(String path) {
    try (Handle locking = SERVICE.attempts().open()) {
      locking.begin();
      locking.execute("LOCK TABLE task IN ACCESS EXCLUSIVE MODE");

      assertTimedOut(ask(path, Duration.ofMillis(500)).join());
      locking.rollback();
    }
  }

  @Test
  void manySumsLeaveConnectionsForOtherReads() {
    List<CompletableFuture<Answer>> sums =
        IntStream.range(0, 12)
            .mapToObj(_ -> ask("/payables?year=2026", Duration.ofSeconds(5)))
            .toList();
    await("sums run").atMost(PATIENCE).until(() -> slowReads() >= 3);

    Answer other = SERVICE.get("/vendors");
    assertThat(other.status()).as(other.body()).isEqualTo(200);

    List<Answer> answers = sums.stream().map(CompletableFuture::join).toList();
    assertThat(answers).allMatch(answer -> answer.status() == 503);
    assertThat(answers)
        .extracting(Answer::problem)
        .contains("sums-busy", "query-timeout")
        .doesNotContain("database-unavailable");
    assertThat(answers).allMatch(answer -> !answer.header("Retry-After").isEmpty());
  }

  private static void assertTimedOut(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("query-timeout");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  private static CompletableFuture<Answer> ask(String path, Duration deadline) {
    return CompletableFuture.supplyAsync(
        () ->
            SERVICE.send(
                HttpRequest.newBuilder(SERVICE.uri(path))
                    .header("X-Timeout-Ms", Long.toString(deadline.toMillis()))),
        command -> Thread.ofVirtual().start(command));
  }

  private static long slowReads() {
    return SERVICE
        .attempts()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + SLOW).mapTo(Long.class).one());
  }
}
