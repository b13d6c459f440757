package io.tallyman.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A request that is sent character by character as it is given, whether or not it is HTTP.
 *
 * @param head if it has {@code Expect: 100-continue}, the body is sent when the server asks for it
 */
public record RawRequest(String head, String body) {
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final int PATIENCE_MILLIS = 10_000;

  /**
   * Returns what the server sends until it closes the connection. Fails if it does not close it.
   */
  public String send(String host, int port) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream request = socket.getOutputStream();
      InputStream answer = socket.getInputStream();
      request.write(head.getBytes(ISO_8859_1));
      if (head.contains("100-continue")) {
        assertThat(new String(answer.readNBytes(CONTINUE.length()), UTF_8)).isEqualTo(CONTINUE);
      }
      request.write(body.getBytes(ISO_8859_1));
      answer.transferTo(received);
    } catch (SocketException closedUnread) {
      // The server did not read all that was sent.
    } catch (IOException e) {
      throw new AssertionError("The server did not close the connection after: " + received, e);
    }
    return received.toString(UTF_8);
  }
}
