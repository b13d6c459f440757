package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Uploads whose first rows are in a valid chunk, but whose end is malformed. */
@OnBreakableStack
final class BrokenUploadIT {
  private static final String ROWS =
      "date_billed,account_name,payable\r\n"
          + IntStream.range(0, 3)
              .mapToObj(row -> "2026-01-05,Broken Upload Ltd,%d.00\r\n".formatted(row))
              .collect(Collectors.joining());
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Gateway gateway = RunningStack.BREAKABLE.gateway();

  @ParameterizedTest
  @ValueSource(
      strings = {"zz\r\n", "-1\r\n", "1\nx\r\n0\r\n\r\n", "1\r\nxy\r\n", "0\r\nX Y: 1\r\n\r\n"})
  void brokenUploadIsRefusedAndNoTaskComesOfIt(String rest) throws IOException {
    JsonNode before = newestImports();

    String answer = upload("%x\r\n%s\r\n%s".formatted(ROWS.length(), ROWS, rest));

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "urn:tallyman:problem:bad-request");
    assertThat(newestImports()).isEqualTo(before);
    assertThat(gateway.get("/api/v1/vendors" + Gateway.query("account_name", "Broken Upload Ltd")))
        .returns(0, vendors -> vendors.body().get("data").size());
  }

  private JsonNode newestImports() {
    return gateway.get("/api/v1/tasks?task=billing.import&limit=5").body().get("data");
  }

  /** Returns everything that the gateway sends until it closes the connection. */
  private String upload(String chunks) throws IOException {
    URI address = gateway.address();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(30_000);
      InputStream answer = socket.getInputStream();
      send(
          socket,
          """
          POST /api/v1/imports HTTP/1.1\r
          Host: localhost\r
          Authorization: %s\r
          Content-Type: text/csv\r
          Transfer-Encoding: chunked\r
          Expect: 100-continue\r
          \r
          """
              .formatted(gateway.authorization()));
      assertThat(new String(answer.readNBytes(CONTINUE.length()), StandardCharsets.UTF_8))
          .isEqualTo(CONTINUE);
      send(socket, chunks);
      answer.transferTo(received);
    } catch (SocketException closedUnread) {
      // The gateway did not read everything that was sent.
    }
    return received.toString(StandardCharsets.UTF_8);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
