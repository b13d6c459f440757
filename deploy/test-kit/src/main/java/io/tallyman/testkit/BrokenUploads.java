package io.tallyman.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends broken uploads to a service: the first chunk is a complete file, and what follows is
 * malformed or missing.
 */
public abstract class BrokenUploads {
  private static final String CHUNK = "5\r\na,b\r\n\r\n";

  /** The address for uploads. */
  protected abstract URI uploads();

  /** More header lines that the service demands, each with its line end. */
  protected String moreHeaders() {
    return "";
  }

  /** Waits until the service has begun to take the upload that is being sent. */
  protected abstract void awaitBegun();

  /** Waits until the service has seen that its sender went away in the middle of an upload. */
  protected abstract void awaitEnded();

  /** Asserts that the service has stored nothing and passed nothing on. */
  protected abstract void assertNothingIsLeft();

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\n", "-1\r\n", "1\nx\r\n0\r\n\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatBreaksWhileItIsReadLeavesNothing(String rest) {
    assertRefused(new RawRequest(head() + "Expect: 100-continue\r\n\r\n", CHUNK + rest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void uploadThatIsBrokenWhenItArrivesLeavesNothing(String rest) {
    assertRefused(new RawRequest(head() + "\r\n" + CHUNK + rest, ""));
  }

  @Test
  void uploadWhoseSenderGoesAwayInAChunkLeavesNothing() throws IOException {
    try (Socket socket = new Socket(uploads().getHost(), uploads().getPort())) {
      socket.getOutputStream().write((head() + "\r\n" + CHUNK + "5\r\na").getBytes(ISO_8859_1));
      awaitBegun();
    }
    awaitEnded();
    assertNothingIsLeft();
  }

  private void assertRefused(RawRequest request) {
    assertThat(request.send(uploads().getHost(), uploads().getPort()))
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("urn:tallyman:problem:bad-request");
    assertNothingIsLeft();
  }

  private String head() {
    return """
    POST %s HTTP/1.1\r
    Host: localhost\r
    Content-Type: text/csv\r
    Transfer-Encoding: chunked\r
    %s\
    """
        .formatted(uploads().getPath(), moreHeaders());
  }
}
