package io.tallyman.worker.intake.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Counts the bytes that are read through it, and passes each new count to a listener. */
final class CountedStream extends FilterInputStream {
  private final LongConsumer listener;
  private long count;

  CountedStream(InputStream source, LongConsumer listener) {
    super(source);
    this.listener = listener;
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    add(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    add(Math.max(0, read));
    return read;
  }

  private void add(int read) {
    count += read;
    if (read > 0) {
      listener.accept(count);
    }
  }
}
