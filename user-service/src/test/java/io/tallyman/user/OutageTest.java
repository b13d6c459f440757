package io.tallyman.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.idempotency.IdempotencyKey;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** While the database is away, clients get a 503 and can try again. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageTest implements RealDatabase {
  private static final String ADA =
      """
      {"name": "Ada", "email": "ada@example.org", "username": "ada.okafor",
       "password": "a long and quiet word", "roles": []}
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Inject
  @Client("/")
  HttpClient client;

  @Inject ConnectionOperations<Connection> connections;

  @Inject DataSource pool;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(RealDatabase.super.getProperties());
    properties.put("tallyman.database.connections", "2");
    properties.put("tallyman.database.min-connections", "2");
    properties.put("datasources.default.connection-timeout", "300");
    return properties;
  }

  /** From now on, the token of the tests and the keys that check it are known. */
  @BeforeEach
  void useTheToken() {
    await().atMost(PATIENCE).until(() -> send(HttpRequest.GET("/users")).code() == 200);
  }

  @Test
  void requestThatGetsNoConnectionMayComeBack() {
    connections.executeWrite(
        first -> {
          CompletableFuture<Integer> ended = new CompletableFuture<>();
          CompletableFuture<Void> held = new CompletableFuture<>();
          CompletableFuture<Integer> second =
              CompletableFuture.supplyAsync(
                  () ->
                      connections.executeWrite(
                          connection -> {
                            held.complete(null);
                            return ended.join();
                          }));
          held.join();
          assertMayComeBack(send(HttpRequest.GET("/users/1")));
          assertMayComeBack(send(HttpRequest.GET("/users")));
          assertMayComeBack(send(HttpRequest.PATCH("/users/1", "{\"name\": \"Ada\"}")));
          assertMayComeBack(send(HttpRequest.POST("/users", ADA)));
          ended.complete(0);
          return second.join();
        });
  }

  @Test
  void requestWhoseConnectionIsEndedMayComeBack() {
    assertMayComeBack(endedWhile(HttpRequest.GET("/users/1"), "SELECT"));
    assertMayComeBack(endedWhile(HttpRequest.PATCH("/users/1", "{\"name\": \"Ada\"}"), "UPDATE"));
    assertMayComeBack(endedWhile(HttpRequest.POST("/users", ADA), "INSERT"));
    assertMayComeBack(
        endedWhile(
            HttpRequest.POST("/users", ADA).header(IdempotencyKey.HEADER, "ended"), "INSERT"));
  }

  /** A pool does not check a connection that was used a moment ago. */
  @Test
  void requestWhoseConnectionIsEndedBeforeItsFirstStatementMayComeBack() {
    Stream.of(
            HttpRequest.GET("/users/1"),
            HttpRequest.GET("/users"),
            HttpRequest.PATCH("/users/1", "{\"name\": \"Ada\"}"),
            HttpRequest.POST("/users", ADA))
        .forEach(
            request ->
                assertMayComeBack(
                    await("a request that is given an ended connection")
                        .atMost(PATIENCE)
                        .until(() -> afterTheEndOfAll(request), answer -> answer.code() >= 500)));

    // So that no other test gets one of these connections.
    assertThat(DelegatingDataSource.unwrapDataSource(pool))
        .isInstanceOfSatisfying(
            HikariDataSource.class, hikari -> hikari.getHikariPoolMXBean().softEvictConnections());
  }

  private HttpResponse<String> afterTheEndOfAll(HttpRequest<?> request) {
    send(HttpRequest.GET("/users"));
    RealDatabase.value(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE usename = current_user AND pid <> pg_backend_pid()
        """);
    return send(request);
  }

  private HttpResponse<String> endedWhile(HttpRequest<?> request, String statement) {
    return connections.executeWrite(
        status -> {
          try (Statement locking = status.getConnection().createStatement()) {
            locking.execute("BEGIN; LOCK TABLE account IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> send(request));
            await("its connection is ended").until(() -> endWaiting(statement));
            locking.execute("ROLLBACK");
            return answer.join();
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
  }

  private static boolean endWaiting(String statement) {
    return RealDatabase.value(
            """
            WITH waiting AS MATERIALIZED (
              SELECT pid FROM pg_stat_activity
              WHERE wait_event_type = 'Lock' AND query LIKE '%s%%account%%'
            )
            SELECT count(pg_terminate_backend(pid)) FROM waiting
            """
                .formatted(statement))
        .equals("1");
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }

  private static void assertMayComeBack(HttpResponse<String> answer) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("urn:tallyman:problem:database-unavailable");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }
}
