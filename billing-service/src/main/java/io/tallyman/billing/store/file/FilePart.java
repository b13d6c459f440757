package io.tallyman.billing.store.file;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A limited number of bytes of a stream. If the stream ends early, reading fails, so that a client
 * never mistakes a part for the whole.
 */
final class FilePart extends FilterInputStream {
  private long left;

  FilePart(InputStream file, long length) {
    super(file);
    left = length;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    return counted(super.read(), 1);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = super.read(buffer, offset, (int) Math.min(length, left));
    return counted(read, read);
  }

  private int counted(int result, int bytes) throws EOFException {
    if (result < 0) {
      throw new EOFException("The file ends " + left + " bytes early");
    }
    left -= bytes;
    return result;
  }
}
