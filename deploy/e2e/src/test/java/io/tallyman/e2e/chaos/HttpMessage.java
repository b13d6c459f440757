package io.tallyman.e2e.chaos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 request or answer, which says where its body ends.
 *
 * @param lines the first line and the headers
 * @param bytes the complete head, with the empty line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpMessage(List<String> lines, byte[] bytes) {

  /** Empty if the other side has closed the connection. */
  static Optional<HttpMessage> read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String line = line(in, bytes);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    while (!line.equals("\r\n")) {
      line = line(in, bytes);
      if (line.isEmpty()) {
        throw new EOFException("The head ends early.");
      }
    }
    String head = bytes.toString(StandardCharsets.ISO_8859_1);
    return Optional.of(new HttpMessage(head.lines().toList(), bytes.toByteArray()));
  }

  /** A word of the first line: method and target, or protocol and status. */
  String word(int index) {
    return List.of(lines.getFirst().split(" ", -1)).get(index);
  }

  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst();
  }

  /**
   * Passes on the body that follows the head.
   *
   * @param toTheEnd whether a body without a length ends when the connection closes
   */
  void copyBody(InputStream in, OutputStream out, boolean toTheEnd) throws IOException {
    Optional<String> length = header("Content-Length");
    if (header("Transfer-Encoding").isPresent()) {
      copyChunks(in, out);
    } else if (length.isPresent()) {
      copy(in, out, Long.parseLong(length.get()));
    } else if (toTheEnd) {
      in.transferTo(out);
    }
    out.flush();
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String line = line(in, out);
      size = Long.parseLong(line.split("[;\r]", 2)[0].strip(), 16);
      copy(in, out, size == 0 ? 0 : size + 2);
      out.flush();
    } while (size > 0);
    // The trailers, up to an empty line.
    while (!line(in, out).equals("\r\n")) {}
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("The body ends " + left + " bytes early.");
      }
      out.write(buffer, 0, read);
      out.flush();
      left -= read;
    }
  }

  /** A line with its line end; empty at the end of the connection. */
  private static String line(InputStream in, OutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      line.append((char) next);
      out.write(next);
      if (next == '\n') {
        return line.toString();
      }
      next = in.read();
    }
    return line.isEmpty() ? "" : endedEarly(line);
  }

  private static String endedEarly(StringBuilder line) throws EOFException {
    throw new EOFException("The connection ended after: " + line);
  }
}
