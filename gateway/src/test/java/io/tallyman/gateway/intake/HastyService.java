package io.tallyman.gateway.intake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A billing-service that rejects every upload before it reads it. It still reads the upload
 * afterwards, because the next request on the connection comes after it.
 */
final class HastyService implements Closeable {
  private static final byte[] REFUSAL =
      """
      HTTP/1.1 503 Service Unavailable\r
      Content-Length: 0\r
      \r
      """
          .getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

  HastyService() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      InputStream requests = new BufferedInputStream(connection.getInputStream());
      OutputStream answers = connection.getOutputStream();
      while (true) {
        String head = head(requests);
        answers.write(REFUSAL);
        skipBody(requests, head.toLowerCase(Locale.ROOT));
      }
    } catch (IOException gone) {
      // The gateway closed the connection.
    }
  }

  private static String head(InputStream request) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(request); !line.isEmpty(); line = line(request)) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  private static void skipBody(InputStream request, String head) throws IOException {
    if (head.contains("transfer-encoding: chunked\n")) {
      int size;
      do {
        size = Integer.parseInt(line(request), 16);
        request.skipNBytes(size);
        line(request);
      } while (size > 0);
      return;
    }
    int length = head.indexOf("content-length: ");
    request.skipNBytes(
        length < 0 ? 0 : Long.parseLong(head.substring(length + 16, head.indexOf('\n', length))));
  }

  private static String line(InputStream request) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = request.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
      next = request.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
