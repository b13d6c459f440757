package io.tallyman.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that stays open, for one thread. It understands what the compared systems
 * send, and costs less CPU time than a complete client.
 *
 * <p>Every method throws {@link UncheckedIOException} if the connection breaks. Nothing is
 * repeated.
 */
public final class HttpConnection implements AutoCloseable {
  /** Longer than any answer takes. */
  private static final int PATIENCE_MILLIS = 600_000;

  private final String host;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  public HttpConnection(URI address) {
    try {
      host = address.getAuthority();
      socket = new Socket(address.getHost(), address.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(address + " cannot be reached: " + e, e);
    }
  }

  /** An answer, whatever its status. */
  public static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    public int status() {
      return status;
    }

    public byte[] body() {
      return body;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalStateException with the body, if the status is another one
     */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException("Answered %d: %s".formatted(status, text()));
      }
      return this;
    }
  }

  /**
   * @param headers complete lines, each with its line end
   */
  public Answer get(String path, String headers) {
    return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n", "");
  }

  /**
   * @param headers complete lines, each with its line end
   */
  public Answer post(String path, String headers, String json) {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, host, headers, json.getBytes(StandardCharsets.UTF_8).length);
    return send(head, json);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer send(String head, String body) {
    try {
      out.write((head + body).getBytes(StandardCharsets.UTF_8));
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(host + " did not answer: " + e, e);
    }
  }

  private Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
      chunked |= header.startsWith("transfer-encoding:") && header.endsWith("chunked");
    }
    return new Answer(status, chunked ? chunks() : exactly(length));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length;
    do {
      length = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      body.write(exactly(length));
      line();
    } while (length > 0);
    return body.toByteArray();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("The answer is cut off.");
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection was closed.");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
