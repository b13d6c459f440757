package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.FileKind;
import io.tallyman.worker.task.BadInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The first bytes of a file, unpacked, up to the end of their last whole line. */
final class Head {
  /** The most bytes that are read. */
  static final int MOST_BYTES = 1024 * 1024;

  private final byte[] bytes;
  private final boolean isPacked;
  private final boolean isComplete;

  private Head(byte[] bytes, boolean isPacked, boolean isComplete) {
    this.bytes = bytes;
    this.isPacked = isPacked;
    this.isComplete = isComplete;
  }

  /** Opens the bytes from the first one. */
  InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** Whether the file is gzip. */
  boolean isPacked() {
    return isPacked;
  }

  /** Whether these are all bytes of the file. */
  boolean isComplete() {
    return isComplete;
  }

  /**
   * @param isWhole whether the stream has the whole file
   * @throws BadInput if the file is no CSV and no gzip
   */
  static Head read(InputStream file, boolean isWhole) throws IOException {
    InputStream stored = new BufferedInputStream(file);
    stored.mark(2);
    boolean isPacked = Arrays.equals(stored.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
    stored.reset();
    byte[] read;
    try {
      read = isPacked ? unpack(stored, isWhole) : stored.readNBytes(MOST_BYTES + 1);
    } catch (ZipException damaged) {
      throw new BadInput(
          "bad-gzip",
          "The file is not valid gzip",
          "The gzip cannot be read: " + damaged.getMessage());
    } catch (EOFException cut) {
      throw new BadInput("bad-gzip", "The file is not valid gzip", "The gzip is cut off.");
    }
    String other = FileKind.otherThanCsv(Arrays.copyOf(read, Math.min(read.length, 1024)));
    if (other != null) {
      throw new BadInput("not-csv", "The file is not CSV", "The file is " + other);
    }
    boolean isCut = !isWhole || read.length > MOST_BYTES;
    return new Head(isCut ? wholeLines(read) : read, isPacked, !isCut);
  }

  /** Reads what is there, if the end of the file is missing. */
  private static byte[] unpack(InputStream stored, boolean isWhole) throws IOException {
    byte[] target = new byte[MOST_BYTES + 1];
    int length = 0;
    try (InputStream gzip = new GZIPInputStream(stored)) {
      int read = 0;
      while (read >= 0 && length < target.length) {
        length += read;
        read = gzip.read(target, length, target.length - length);
      }
    } catch (EOFException cut) {
      if (isWhole) {
        throw cut;
      }
    }
    return Arrays.copyOf(target, length);
  }

  private static byte[] wholeLines(byte[] read) {
    int end = Math.min(read.length, MOST_BYTES);
    while (end > 0 && read[end - 1] != '\n' && read[end - 1] != '\r') {
      end--;
    }
    // The second byte of a line end in UTF-16LE belongs to the line.
    if (end < read.length && read[end] == 0) {
      end++;
    }
    return end == 0 ? read : Arrays.copyOf(read, end);
  }

  /** The charset of Unicode in which the bytes are valid; Windows-1252 if there is none. */
  Charset charset() {
    if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) {
      return StandardCharsets.UTF_16;
    }
    for (int index = 0; index < Math.min(bytes.length, 1024) && bytes[index] != '\n'; index++) {
      if (bytes[index] == 0) {
        return index % 2 == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      }
    }
    return isValid(StandardCharsets.UTF_8)
        ? StandardCharsets.UTF_8
        : Charset.forName("windows-1252");
  }

  /** Whether all bytes are text in a charset. */
  boolean isValid(Charset charset) {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer source = ByteBuffer.wrap(bytes);
    CharBuffer target = CharBuffer.allocate(8192);
    while (true) {
      CoderResult result = decoder.decode(source, target, isComplete);
      if (result.isError()) {
        return false;
      }
      if (result.isUnderflow()) {
        return true;
      }
      target.clear();
    }
  }

  private boolean begins(int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }
}
