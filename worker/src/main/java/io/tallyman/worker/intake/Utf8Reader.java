package io.tallyman.worker.intake;

import io.tallyman.worker.work.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and invents nothing: bytes that are none fail with {@link BadInput}, which names
 * the line, once everything before them has been read.
 */
final class Utf8Reader extends Reader {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream source;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private boolean ended;
  private long line = 1;
  private char last;

  Utf8Reader(InputStream source) {
    this.source = source;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(target, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      int decoded = chars.position() - offset;
      if (decoded > 0) {
        countLines(target, offset, decoded);
        return decoded;
      }
      if (result.isError()) {
        throw new BadInput(
            "bad-encoding",
            "The file is not UTF-8",
            "Line " + line + " has bytes that are not UTF-8; save the file as UTF-8.");
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = source.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
  }

  /** A line ends with LF, CR, or both. */
  private void countLines(char[] target, int offset, int length) {
    for (int index = offset; index < offset + length; index++) {
      char now = target[index];
      if (now == '\r' || (now == '\n' && last != '\r')) {
        line++;
      }
      last = now;
    }
  }
}
