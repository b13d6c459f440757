package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.testkit.ServiceCredential;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers look up users, and prove that they are workers. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InternalUsersTest implements RealDatabase {
  @Inject
  @Client("/")
  HttpClient client;

  @BeforeEach
  void addUser() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada', '$argon2id$', '{}')
        """);
  }

  @Test
  void workerFindsUsersByTheirIds() {
    HttpResponse<String> found =
        get("ids=1,4711", ServiceCredential.authorization("worker", "user-service"));

    assertThat(found.code()).isEqualTo(200);
    assertThat(found.body()).contains("\"username\":\"ada\"", "\"missing\":[4711]");
  }

  @Test
  void listThatIsNotOfIdsIsRefused() {
    assertThat(get("ids=Ada", ServiceCredential.authorization("worker", "user-service")).code())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({"gateway, user-service, 403", "worker, billing-service, 401"})
  void nobodyElseDoes(String caller, String called, int status) {
    assertThat(get("ids=1", ServiceCredential.authorization(caller, called)).code())
        .isEqualTo(status);
  }

  @Test
  void nobodyDoesWithoutACredential() {
    assertThat(get("ids=1", "").code()).isEqualTo(401);
  }

  private HttpResponse<String> get(String query, String authorization) {
    return client
        .toBlocking()
        .exchange(
            HttpRequest.GET("/internal/users?" + query).header("Authorization", authorization),
            Argument.STRING,
            Argument.STRING);
  }
}
