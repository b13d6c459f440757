package io.tallyman.e2e.live;

import io.tallyman.e2e.Gateway;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A connection to {@code /ws/tasks} that can send frames that no WebSocket library would send. It
 * answers pings. Not thread-safe.
 */
public final class WebSocketWire implements AutoCloseable {
  public static final String SUBPROTOCOL = "tallyman.tasks.v1";
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xa;

  /** The bit of the last frame of a message. */
  public static final int LAST = 0x80;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Small, so that a client that does not read is soon a slow one. */
  private static final int RECEIVE_BUFFER = 8_192;

  /** Any mask is valid. Zeros leave the payload as it is. */
  private static final byte[] MASK = new byte[4];

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final Handshake handshake;

  /** The server's answer to the handshake; the body is empty if the status is 101. */
  public record Handshake(int status, List<String> headers, String body) {
    boolean has(String header) {
      return headers.stream().anyMatch(header::equalsIgnoreCase);
    }
  }

  /** What the server sends: a message, or the end of the connection. */
  public sealed interface Received {}

  public record Text(String text) implements Received {}

  /**
   * @param code 1006 if the connection ended without a close frame
   */
  public record Closed(int code, String reason) implements Received {}

  private WebSocketWire(Socket socket, String host, List<String> headers) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out.write(
        """
        GET /ws/tasks HTTP/1.1
        Host: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        %s
        """
            .formatted(
                host, String.join("", headers.stream().map(header -> header + "\n").toList()))
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    this.handshake = readHandshake();
  }

  /** The server must accept the handshake. */
  public static WebSocketWire open(Gateway gateway) throws IOException {
    WebSocketWire wire =
        tryToOpen(
            gateway.address(),
            "Sec-WebSocket-Protocol: " + SUBPROTOCOL,
            "Authorization: " + gateway.authorization());
    if (wire.handshake.status() != 101) {
      throw new IOException("The handshake was answered with " + wire.handshake);
    }
    return wire;
  }

  /** Sends a handshake with these headers. Its answer is {@link #handshake()}. */
  public static WebSocketWire tryToOpen(URI gateway, String... headers) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
    return new WebSocketWire(socket, gateway.getAuthority(), List.of(headers));
  }

  public Handshake handshake() {
    return handshake;
  }

  /** Sends a text message in one frame. */
  public void send(String text) throws IOException {
    send(LAST | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a frame.
   *
   * @param first the first byte of the frame: the opcode, and {@link #LAST} or reserved bits
   */
  public void send(int first, byte[] payload) throws IOException {
    sendBytes(frame(first, payload));
  }

  /** The bytes of a frame. */
  public static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 0x10000) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.put(MASK).put(payload);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  /** Sends bytes that need not be frames. */
  public void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Says that no more bytes will come. */
  public void endOfInput() throws IOException {
    socket.shutdownOutput();
  }

  /**
   * The next message or the end.
   *
   * @throws SocketTimeoutException if the server sends nothing but pings for 30 s
   */
  public Received receive() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int opcode = readFrame(payload);
        switch (opcode) {
          case PING -> send(LAST | PONG, payload.toByteArray());
          case PONG -> {}
          case CLOSE -> {
            return closed(payload.toByteArray());
          }
          case TEXT -> {
            return new Text(payload.toString(StandardCharsets.UTF_8));
          }
          default -> throw new AssertionError("The server sent a frame with opcode " + opcode);
        }
      }
      throw new SocketTimeoutException("Only pings came.");
    } catch (SocketTimeoutException silence) {
      throw silence;
    } catch (IOException lost) {
      return new Closed(1006, lost.toString());
    }
  }

  /** Reads until the server closes the connection. */
  public Closed receiveClose() throws IOException {
    Received received = receive();
    while (!(received instanceof Closed)) {
      received = receive();
    }
    return (Closed) received;
  }

  /** Reads and ignores everything until the server closes, and answers no ping. */
  public Closed receiveCloseWithoutPongs() throws IOException {
    try {
      while (true) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        if (readFrame(payload) == CLOSE) {
          return closed(payload.toByteArray());
        }
      }
    } catch (EOFException lost) {
      return new Closed(1006, lost.toString());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static Closed closed(byte[] payload) {
    return payload.length < 2
        ? new Closed(1005, "")
        : new Closed(
            ByteBuffer.wrap(payload).getShort() & 0xffff,
            new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
  }

  /** The opcode of a whole message. */
  private int readFrame(ByteArrayOutputStream payload) throws IOException {
    int first = in.readUnsignedByte();
    int size = in.readUnsignedByte();
    long length =
        switch (size) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> size;
        };
    if ((first & LAST) == 0 || (size & 0x80) != 0) {
      throw new AssertionError("The server fragments or masks its frames.");
    }
    byte[] bytes = in.readNBytes(Math.toIntExact(length));
    if (bytes.length < length) {
      throw new EOFException("The connection ended in a frame.");
    }
    payload.writeBytes(bytes);
    return first & 0xf;
  }

  private Handshake readHandshake() throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return new Handshake(
        Integer.parseInt(status.split(" ", 3)[1]),
        headers,
        new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    if (next < 0) {
      throw new EOFException("The server closed the connection during the handshake.");
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
