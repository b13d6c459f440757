package io.tallyman.user.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.token.PublishedKeys.PublishedKey;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The published keys equal their sample in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  @Inject JsonMapper json;

  @Test
  void publishedKeysAreWrittenAsTheirSample() throws IOException {
    PublishedKeys keys =
        new PublishedKeys(
            List.of(
                new PublishedKey(
                    "EC",
                    "sig",
                    "ES256",
                    "P-256",
                    "a-key",
                    "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")),
            1_767_323_045);

    assertThat(json.readValue(json.writeValueAsBytes(keys), JsonNode.class))
        .isEqualTo(
            json.readValue(
                Files.readAllBytes(Path.of("src/wire/published-keys.json")), JsonNode.class));
  }
}
