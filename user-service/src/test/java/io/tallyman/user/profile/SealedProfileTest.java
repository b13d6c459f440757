package io.tallyman.user.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.json.JsonMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.testkit.Requirement;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SealedProfileTest implements RealDatabase {
  private static final String KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  private static final String PROFILE =
      "{\"id\":1,\"name\":\"Zoë Okafor\",\"username\":\"zoe\",\"email\":\"zoe@example.org\","
          + "\"roles\":[\"clerk\",\"viewer\"]}";

  @Inject
  @Client("/")
  HttpClient client;

  @Inject JsonMapper json;

  @Override
  public Map<String, String> getProperties() {
    Map<String, String> properties = new HashMap<>(RealDatabase.super.getProperties());
    properties.put("tallyman.profiles.key", KEY);
    return properties;
  }

  @BeforeEach
  void addZoe() {
    RealDatabase.execute(
        """
        TRUNCATE account RESTART IDENTITY CASCADE;
        INSERT INTO account (name, email, username, password_hash, roles)
        VALUES ('Zoë Okafor', 'zoe@example.org', 'zoe', 'secret', '{CLERK,VIEWER}')
        """);
  }

  @Test
  void tokenHoldsTheProfileAndNothingOfThePassword() throws InvalidToken {
    byte[] opened = new Fernet(KEY).open(token(), Duration.ofMinutes(1), Instant.now());

    assertThat(new String(opened, UTF_8)).isEqualTo(PROFILE);
  }

  @Test
  void tokenIsOpenedByPython() throws IOException, InterruptedException {
    new Requirement("Python with cryptography", "TALLYMAN_REQUIRE_PYTHON")
        .check(python("import cryptography.fernet", "").status() == 0);

    Ended opened =
        python(
            """
            import sys
            from cryptography.fernet import Fernet
            key, token = sys.stdin.read().split()
            sys.stdout.buffer.write(Fernet(key).decrypt(token.encode(), ttl=60))
            """,
            KEY + "\n" + token());

    assertThat(opened.output()).isEqualTo(PROFILE);
    assertThat(opened.status()).isZero();
  }

  @Test
  void tokenIsWrittenAsTheSampleShows() throws IOException {
    byte[] sample = Files.readAllBytes(Path.of("src/wire/sealed-profile.json"));

    SealedProfile sealed = requireNonNull(json.readValue(sample, SealedProfile.class));
    assertThat(json.writeValueAsString(sealed))
        .isEqualTo(new String(sample, UTF_8).replaceAll("\\s", ""));
  }

  @Test
  void unknownUserIsNotFound() {
    HttpResponse<String> refused = seal(4711);

    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.body()).contains("urn:tallyman:problem:unknown-user");
  }

  private String token() {
    HttpResponse<String> sealed = seal(1);
    assertThat(sealed.code()).isEqualTo(200);
    assertThat(sealed.body()).matches("\\{\"token\":\"[A-Za-z0-9_-]+=*\"}");
    return String.valueOf(sealed.body()).split("\"", -1)[3];
  }

  private HttpResponse<String> seal(long id) {
    return client
        .toBlocking()
        .exchange(
            HttpRequest.POST("/users/" + id + "/sealed-profile", ""),
            Argument.STRING,
            Argument.STRING);
  }

  private record Ended(int status, String output) {}

  private static Ended python(String program, String input)
      throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", program).redirectErrorStream(true).start();
      try (var stdin = process.outputWriter(UTF_8)) {
        stdin.write(input);
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException notThere) {
      return new Ended(127, String.valueOf(notThere.getMessage()));
    }
  }
}
