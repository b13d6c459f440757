package io.tallyman.e2e.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection that sends raw bytes, one request after the other. Not thread-safe. */
final class Wire implements AutoCloseable {
  private final URI server;
  private final Duration patience;
  private @Nullable Socket socket;
  private @Nullable FuzzedRequest previous;
  private @Nullable FuzzedRequest last;
  private InputStream in = InputStream.nullInputStream();

  Wire(URI server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, List<String> headers, byte[] body) {
    String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(header -> header.substring(prefix.length()).strip())
          .findFirst()
          .orElse("");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends a request and reads its answer.
   *
   * @return empty if the server closed the connection without an answer
   * @throws SocketTimeoutException if the server does not answer, or stops in the middle
   */
  Optional<Reply> ask(FuzzedRequest request) throws IOException {
    boolean used = socket != null;
    Optional<Reply> reply = tryToAsk(request);
    // The server may have closed a used connection because of the previous request.
    return reply.isEmpty() && used ? tryToAsk(request) : reply;
  }

  /** The previous request on the connection; null if there was none. */
  @Nullable FuzzedRequest previous() {
    return previous;
  }

  private Optional<Reply> tryToAsk(FuzzedRequest request) throws IOException {
    Socket open = open();
    previous = last;
    last = request;
    try {
      write(open, request);
      Optional<Reply> reply = read(request.method().equals("HEAD"));
      if (!request.isWhole() || reply.isEmpty() || endsWith(reply.get())) {
        close();
      }
      return reply;
    } catch (SocketTimeoutException silence) {
      close();
      throw silence;
    } catch (IOException reset) {
      close();
      return Optional.empty();
    }
  }

  private static void write(Socket open, FuzzedRequest request) throws IOException {
    OutputStream out = open.getOutputStream();
    try {
      out.write(request.bytes());
      if (!request.isWhole()) {
        open.shutdownOutput();
      }
    } catch (IOException refusedInTheMiddle) {
      if (!request.isLarge() && request.isWhole()) {
        throw refusedInTheMiddle;
      }
    }
  }

  private Optional<Reply> read(boolean isHead) throws IOException {
    List<String> head = head();
    while (!head.isEmpty() && head.getFirst().matches("HTTP/1.1 1\\d\\d.*")) {
      head = head();
    }
    if (head.isEmpty()) {
      return Optional.empty();
    }
    int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    Reply bare = new Reply(status, head.subList(1, head.size()), new byte[0]);
    boolean bodiless = isHead || status == 204 || status == 304;
    return Optional.of(bodiless ? bare : new Reply(status, bare.headers(), body(bare)));
  }

  private byte[] body(Reply bare) throws IOException {
    if (bare.header("Transfer-Encoding").equals("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int size;
      do {
        size = Integer.parseInt(line(), 16);
        body.writeBytes(exactly(size));
        line();
      } while (size > 0);
      return body.toByteArray();
    }
    String length = bare.header("Content-Length");
    return length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("The answer ends early.");
    }
    return bytes;
  }

  private List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    String line = line();
    while (!line.isEmpty()) {
      lines.add(line);
      line = line();
    }
    return lines;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static boolean endsWith(Reply reply) {
    return reply.header("Connection").equalsIgnoreCase("close");
  }

  private Socket open() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(server.getHost(), server.getPort());
      open.setSoTimeout((int) patience.toMillis());
      open.setTcpNoDelay(true);
      in = new BufferedInputStream(open.getInputStream());
      socket = open;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    last = null;
    if (open != null) {
      open.close();
    }
  }
}
