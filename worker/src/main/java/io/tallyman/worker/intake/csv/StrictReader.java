package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CoderResult;

/**
 * Decodes a charset strictly. Bytes that are invalid in it cause a {@link BadInput} that names the
 * line, after all text before them was read. A byte order mark is skipped.
 */
final class StrictReader extends Reader {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int BUFFER_CHARS = 16 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream source;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER_CHARS).flip();
  private boolean begun;
  private boolean ended;
  private boolean finished;
  private long line = 1;
  private char last;

  StrictReader(InputStream source, Charset charset) {
    this.source = source;
    this.charset = charset;
    this.decoder = charset.newDecoder();
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (!chars.hasRemaining() && !decode()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Fills the empty buffer. Returns false at the end of the input. */
  private boolean decode() throws IOException {
    while (!finished) {
      chars.clear();
      CoderResult result = decodeSome();
      chars.flip();
      if (!begun && chars.hasRemaining()) {
        begun = true;
        skipByteOrderMark();
      }
      if (chars.hasRemaining()) {
        countLines();
        return true;
      }
      if (result.isError()) {
        throw bad();
      }
      if (!ended) {
        fill();
      }
    }
    return false;
  }

  private CoderResult decodeSome() {
    try {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isUnderflow() && ended) {
        result = decoder.flush(chars);
        finished = result.isUnderflow();
      }
      return result;
    } catch (CoderMalfunctionError confused) {
      throw bad();
    }
  }

  private void skipByteOrderMark() {
    if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
      chars.get();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = source.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read)).flip();
  }

  /** A line ends with LF, CR, or both. */
  private void countLines() {
    char[] decoded = chars.array();
    char before = last;
    for (int index = chars.position(); index < chars.limit(); index++) {
      char now = decoded[index];
      if (now == '\r' || (now == '\n' && before != '\r')) {
        line++;
      }
      before = now;
    }
    last = before;
  }

  private BadInput bad() {
    return new BadInput(
        "bad-encoding",
        "The file cannot be decoded",
        "Line "
            + line
            + " has bytes that are not valid "
            + charset.name()
            + ". Save the file as UTF-8, or give its charset with charset=.");
  }
}
