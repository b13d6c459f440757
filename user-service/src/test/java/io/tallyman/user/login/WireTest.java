package io.tallyman.user.login;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.account.Role;
import io.tallyman.user.account.User;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The JSON of logins equals the samples in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final String REFRESH_TOKEN = "AZejwm8AcACAAAAAAAAAAXNlY3JldA==";

  private static final String SESSION =
      "AZejwm8AcACAAAAAAAAAAZq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";

  @Inject JsonMapper json;

  @Test
  void issuedTokensAreWrittenAsTheirSample() throws IOException {
    IssuedTokens tokens =
        new IssuedTokens("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl", "Bearer", 600, REFRESH_TOKEN);

    assertThat(json.readValue(json.writeValueAsBytes(tokens), JsonNode.class))
        .isEqualTo(json.readValue(sample("issued-tokens"), JsonNode.class));
  }

  @Test
  void newSessionIsWrittenAsItsSample() throws IOException {
    User ada =
        new User(
            3,
            "Ada Okafor",
            "ada@example.org",
            "ada.okafor",
            List.of(Role.CLERK, Role.VIEWER),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            null);

    assertThat(json.readValue(json.writeValueAsBytes(new NewSession(SESSION, ada)), JsonNode.class))
        .isEqualTo(json.readValue(sample("new-session"), JsonNode.class));
  }

  @Test
  void requestsAreReadFromTheirSamplesAndShowNoSecret() throws IOException {
    NewLogin login = requireNonNull(json.readValue(sample("new-login"), NewLogin.class));
    SentSession session = requireNonNull(json.readValue(sample("sent-session"), SentSession.class));
    SentRefreshToken token =
        requireNonNull(json.readValue(sample("sent-refresh-token"), SentRefreshToken.class));

    assertThat(login).isEqualTo(new NewLogin("ada.okafor", "a long and quiet word"));
    assertThat(login.toString()).contains("ada.okafor").doesNotContain("quiet");
    assertThat(token).isEqualTo(new SentRefreshToken(REFRESH_TOKEN));
    assertThat(token.toString()).doesNotContain(REFRESH_TOKEN);
    assertThat(session).isEqualTo(new SentSession(SESSION));
    assertThat(session.toString()).doesNotContain(SESSION);
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}
