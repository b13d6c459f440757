package io.tallyman.user.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.account.Role;
import io.tallyman.user.token.ExchangedToken;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The JSON of API keys equals the samples in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final String KEY = "tally_Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";
  private static final Instant END = Instant.parse("2100-01-02T03:04:05Z");

  @Inject JsonMapper json;

  @Test
  void keysAreWrittenAsTheirSamples() throws IOException {
    assertWritten("made-api-key", MadeApiKey.of(key(END, null), KEY));
    assertWritten(
        "api-keys", new ApiKeyList(List.of(key(null, Instant.parse("2026-01-02T04:00:00Z")))));
    assertWritten("exchanged-token", new ExchangedToken("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl"));
  }

  @Test
  void requestsAreReadFromTheirSamples() throws IOException {
    assertThat(json.readValue(sample("new-api-key"), NewApiKey.class))
        .isEqualTo(new NewApiKey("nightly export", List.of(Role.VIEWER), END));
    assertThat(json.readValue(sample("sent-api-key"), SentApiKey.class))
        .isEqualTo(new SentApiKey(KEY))
        .asString()
        .doesNotContain(KEY);
  }

  private static ApiKey key(@Nullable Instant expiresAt, @Nullable Instant lastUsedAt) {
    return new ApiKey(
        5,
        "nightly export",
        "tally_Zq3n0R",
        List.of(Role.VIEWER),
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        expiresAt,
        lastUsedAt);
  }

  private void assertWritten(String sample, Object value) throws IOException {
    assertThat(json.readValue(json.writeValueAsBytes(value), JsonNode.class))
        .isEqualTo(json.readValue(sample(sample), JsonNode.class));
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}
