package io.tallyman.gateway.sheet;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A billing-service that sends endless sheets, and counts its connections. */
final class EndlessService implements Closeable {
  private static final byte[] HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/csv; charset=utf-8; header=present\r
      Content-Length: 1000000000000\r
      \r
      """
          .getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final AtomicInteger connections = new AtomicInteger();

  EndlessService() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader requests =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String request = requests.readLine(); request != null; request = requests.readLine()) {
        skipHeaders(requests);
        answer(request, connection.getOutputStream());
      }
    } catch (IOException | UncheckedIOException gone) {
      // The gateway closed the connection, as the test expects.
    } finally {
      connections.decrementAndGet();
    }
  }

  private static void skipHeaders(BufferedReader request) throws IOException {
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      line = request.readLine();
    }
  }

  private static void answer(String request, OutputStream answer) throws IOException {
    answer.write(HEAD);
    byte[] rows = "2022-03-31,1.00\r\n".repeat(1_000).getBytes(StandardCharsets.ISO_8859_1);
    while (!request.startsWith("HEAD")) {
      answer.write(rows);
    }
  }
}
