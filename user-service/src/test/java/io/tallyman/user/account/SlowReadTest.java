package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowReadTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @Inject Jdbi jdbi;

  @Test
  void readEndsWithTheDeadlineOfItsCaller() {
    try (Handle locking = jdbi.open()) {
      locking.begin();
      locking.execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");

      HttpClientResponseException refused =
          catchThrowableOfType(
              HttpClientResponseException.class,
              () ->
                  client
                      .toBlocking()
                      .exchange(HttpRequest.GET("/users").header("X-Timeout-Ms", "300")));

      locking.rollback();
      assertThat((Object) refused.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(refused.getResponse().getBody(String.class).orElseThrow())
          .contains("urn:tallyman:problem:query-timeout");
      assertThat(refused.getResponse().header("Retry-After")).isNotNull();
    }
  }
}
