package io.tallyman.user.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.user.RealDatabase;
import io.tallyman.user.account.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The JSON of tickets equals the samples in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final String TICKET = "Zq3n0RmGxkVd0m2Wv7oKQpV3Ew9hM5bT1yUcJ8sLfAI";

  @Inject JsonMapper json;

  @Test
  void madeTicketIsWrittenAsItsSample() throws IOException {
    MadeStreamTicket made =
        new MadeStreamTicket(TICKET, Instant.parse("2026-01-02T03:04:35.678901Z"));

    assertThat(json.readValue(json.writeValueAsBytes(made), JsonNode.class))
        .isEqualTo(json.readValue(sample("made-stream-ticket"), JsonNode.class));
    assertThat(made.toString()).doesNotContain(TICKET);
  }

  @Test
  void requestsAreReadFromTheirSamplesAndShowNoSecret() throws IOException {
    assertThat(json.readValue(sample("new-stream-ticket"), NewStreamTicket.class))
        .isEqualTo(
            new NewStreamTicket(
                List.of(Role.VIEWER, Role.CLERK),
                Instant.parse("2026-01-02T03:14:05Z"),
                null,
                null));
    assertThat(json.readValue(sample("sent-stream-ticket"), SentStreamTicket.class))
        .isEqualTo(new SentStreamTicket(TICKET, true))
        .asString()
        .doesNotContain(TICKET);
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}
