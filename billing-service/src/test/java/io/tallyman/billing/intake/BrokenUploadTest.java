package io.tallyman.billing.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.billing.RunningService;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that break after a chunk that would be a complete file. */
final class BrokenUploadTest {
  private static final String HEAD =
      """
      POST /imports HTTP/1.1\r
      Host: here\r
      Content-Type: text/csv\r
      Transfer-Encoding: chunked\r
      """;
  private static final String CHUNK = "5\r\na,b\r\n\r\n";

  @AutoClose private static final RunningService SERVICE = RunningService.start();

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\n", "-1\r\n", "1\nx\r\n0\r\n\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatBreaksWhileItIsStoredLeavesNothing(String rest) {
    assertRefused(SERVICE.raw(HEAD + "Expect: 100-continue\r\n\r\n", CHUNK + rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatIsBrokenWhenItArrivesLeavesNothing(String rest) {
    assertRefused(SERVICE.raw(HEAD + "\r\n" + CHUNK + rest, ""));
  }

  private static void assertRefused(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("urn:tallyman:problem:bad-request");
    assertNothingIsLeft();
  }

  @Test
  void uploadWhoseSenderGoesAwayInAChunkLeavesNothing() throws IOException {
    URI service = SERVICE.uri("/");
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.getOutputStream().write((HEAD + "\r\n" + CHUNK + "5\r\na").getBytes(ISO_8859_1));
      await().until(() -> uploads().length == 1);
    }
    await().until(() -> uploads().length == 0);
    assertNothingIsLeft();
  }

  private static void assertNothingIsLeft() {
    assertThat(SERVICE.count("task")).isZero();
    assertThat(uploads()).isEmpty();
  }

  private static String[] uploads() {
    return SERVICE.file("uploads").toFile().list();
  }
}
