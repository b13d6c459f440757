package io.tallyman.kit.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.Client;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies with a valid chunk that is a whole JSON object, then a missing or malformed chunk. */
@MicronautTest
final class BrokenBodyTest {
  private static final String HEAD =
      """
      POST /parcels HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Transfer-Encoding: chunked\r
      """;
  private static final String OBJECT = "10\r\n{\"sent_to\": \"a\"}\r\n";

  @Inject Client client;
  @Inject EmbeddedServer server;

  static Stream<String> malformed() {
    return Stream.of(
        "zz\r\n",
        "-1\r\n",
        "\r\n",
        "100000000\r\n",
        "1\n \r\n0\r\n\r\n",
        "1\r\n \n0\r\n\r\n",
        "1\r\n  \r\n0\r\n\r\n",
        "0\n\n",
        "0\r\n\n",
        "0;" + "x".repeat(20_000),
        "0\r\nnocolon\r\n\r\n",
        "0\r\nX Y: 1\r\n\r\n",
        "0\r\nX: 1\n\r\n",
        "0\r\nX: " + "1".repeat(20_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void bodyThatArrivesWithItsHeadIsRefusedAndIsTheLastOfItsConnection(String rest) {
    assertRefused(client.raw(HEAD + "\r\n" + OBJECT + rest));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void bodyThatIsReadAsItComesIsRefusedAndIsTheLastOfItsConnection(String rest) {
    assertRefused(client.raw(HEAD + "Expect: 100-continue\r\n\r\n", OBJECT + rest));
  }

  private static void assertRefused(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nconnection: close\r\n")
        .contains("urn:tallyman:problem:bad-request", "body is incomplete")
        .containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void answersToTheRequestsBeforeAreWhole() {
    String answers =
        client.raw(
            "GET /parcels/7 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + HEAD
                + "\r\n"
                + OBJECT
                + "zz\r\n");

    assertThat(answers).startsWith("HTTP/1.1 200 ").contains("parcel 7 of shelf 1HTTP/1.1 400 ");
  }

  /** The route reads no body, so it answers before the end of the body. */
  @Test
  void bodyThatBreaksBehindTheAnswerEndsTheConnection() throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream request = socket.getOutputStream();
      InputStream answer = socket.getInputStream();
      request.write((HEAD.replace("/parcels", "/parcels/7") + "\r\n" + OBJECT).getBytes(US_ASCII));
      StringBuilder received = new StringBuilder();
      while (!received.toString().endsWith("parcel 7")) {
        received.append((char) answer.read());
      }

      request.write("zz\r\n".getBytes(US_ASCII));

      assertThat(answer.readAllBytes()).isEmpty();
    }
  }

  @Test
  void soundBodyWithATrailerIsTaken() {
    assertThat(
            client.raw(
                HEAD + "Connection: close\r\n\r\n" + OBJECT + "0;a=\"b\"\r\nX-Sum: 1\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }
}
