package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowReadTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @Test
  void readEndsWithTheDeadlineOfItsCaller() throws SQLException {
    try (Connection locking = RealDatabase.connect();
        Statement statement = locking.createStatement()) {
      locking.setAutoCommit(false);
      statement.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");

      HttpResponse<String> refused =
          client
              .toBlocking()
              .exchange(
                  HttpRequest.GET("/users").header("X-Timeout-Ms", "300"),
                  Argument.STRING,
                  Argument.STRING);

      locking.rollback();
      assertThat(refused.code()).isEqualTo(503);
      assertThat(refused.body()).contains("urn:tallyman:problem:query-timeout");
      assertThat(refused.header("Retry-After")).isNotNull();
    }
  }
}
