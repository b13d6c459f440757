package io.tallyman.gateway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.gateway.Client;
import io.tallyman.gateway.FakeServices;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads with a valid chunk that is a whole file, then a broken end. */
@MicronautTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokenUploadTest implements FakeServices {
  private static final String HEAD =
      """
      POST /api/v1/imports HTTP/1.1\r
      Host: here\r
      Content-Type: text/csv\r
      Transfer-Encoding: chunked\r
      """;
  private static final String CHUNK = "5\r\na,b\r\n\r\n";

  @Inject Client client;
  @Inject EmbeddedServer gateway;

  @BeforeEach
  void accept() {
    BILLING.answerJson("POST /imports", 202, FakeServices.sample("billing-service", "task"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\n", "-1\r\n", "1\nx\r\n0\r\n\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatBreaksOnItsWayIsRefusedAndDoesNotArrive(String rest) {
    assertRefused(client.raw(HEAD + "Expect: 100-continue\r\n\r\n", CHUNK + rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatIsBrokenWhenItArrivesIsRefused(String rest) {
    assertRefused(client.raw(HEAD + "\r\n" + CHUNK + rest, ""));
  }

  private static void assertRefused(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("urn:tallyman:problem:bad-request");
    assertNothingArrived();
  }

  @Test
  void uploadWhoseClientGoesAwayInAChunkDoesNotArrive() throws IOException {
    int before = BILLING.begun();
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.getOutputStream().write((HEAD + "\r\n" + CHUNK + "5\r\na").getBytes(ISO_8859_1));
      await().until(() -> BILLING.begun() > before);
    }
    assertNothingArrived();
  }

  private static void assertNothingArrived() {
    await().until(() -> BILLING.ended() == BILLING.begun());
    assertThat(BILLING.received()).isEmpty();
  }
}
