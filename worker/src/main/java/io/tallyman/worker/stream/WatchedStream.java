package io.tallyman.worker.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A network stream that fails when a read gets no data for too long. The JDK's HTTP client would
 * wait for ever, because it does not notice that a sender is cut off. The first data may take
 * longer than all that follow. The time between two reads does not count. One thread reads; the
 * reader closes it.
 */
final class WatchedStream extends FilterInputStream {
  private final Duration between;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean waiting;
  private volatile long waitingSince;
  private volatile Duration patience;
  private volatile boolean silent;

  /**
   * @param in the stream; closing it from another thread must end a blocked read
   * @param beforeFirst how long a read may wait for the first data
   * @param between how long a read may wait for more data; no longer than {@code beforeFirst}
   */
  WatchedStream(InputStream in, Duration beforeFirst, Duration between) {
    super(in);
    this.patience = beforeFirst;
    this.between = between;
    Thread.ofVirtual().name("silence").start(this::watch);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      int read = in.read(bytes, offset, length);
      patience = between;
      return read;
    } catch (IOException failure) {
      if (silent) {
        throw new SocketTimeoutException("No data arrived for " + patience.toSeconds() + " s.");
      }
      throw failure;
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    in.close();
  }

  private void watch() {
    try {
      while (!closed.await(between.toMillis() / 10, TimeUnit.MILLISECONDS)) {
        if (waiting && System.nanoTime() - waitingSince > patience.toNanos()) {
          silent = true;
          close();
        }
      }
    } catch (InterruptedException | IOException nobodyDoesThat) {
      throw new IllegalStateException(nobodyDoesThat);
    }
  }
}
