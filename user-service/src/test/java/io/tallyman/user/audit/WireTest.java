package io.tallyman.user.audit;

import static io.tallyman.user.Answers.body;
import static io.tallyman.user.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.password.PasswordHashing;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The JSON of events equals the sample in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final String WORD = "a long and quiet word";

  @Inject
  @Client("/")
  HttpClient client;

  @Inject JsonMapper json;
  @Inject PasswordHashing hashing;

  @Test
  void eventsAreWrittenAsTheirSample() throws IOException {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Ada', 'ada@example.org', 'ada', '%s', '{ADMIN}');
        CREATE TABLE IF NOT EXISTS audit_event_wire PARTITION OF audit_event
          FOR VALUES FROM ('1999-12-01+00') TO ('2000-01-01+00');
        INSERT INTO audit_event
          (id, at, who, who_name, what, kind, which, address, request_id, details)
        VALUES (17, '1999-12-31 23:59:59.678901Z', 3, 'ada.okafor', 'roles.changed', 'user', '7',
          '203.0.113.9', 'a-request', '{"to": ["clerk"], "from": ["viewer"]}')
        """
            .formatted(hashing.hash(WORD)));
    String token =
        text(
            body(
                send(HttpRequest.POST("/auth/login", Map.of("username", "ada", "password", WORD)))),
            "access_token");

    JsonNode events =
        body(send(HttpRequest.GET("/audit-events?to=2000-01-01T00:00:00Z").bearerAuth(token)));

    String sample =
        Files.readString(Path.of("src/wire/audit-events.json"))
            .replace("2026-01-02T03:04:05.678901Z", "1999-12-31T23:59:59.678901Z");
    assertThat(events).isEqualTo(json.readValue(sample, JsonNode.class));
  }

  private HttpResponse<String> send(HttpRequest<?> request) {
    return client.toBlocking().exchange(request, Argument.STRING, Argument.STRING);
  }
}
