package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip with one or more members. Throws {@link BadInput} if the gzip is truncated,
 * damaged, or followed by other data, and if it exceeds the {@link ExpansionLimit}.
 */
final class GzipStream extends GZIPInputStream {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int TRAILER_BYTES = 8;

  private final CountedStream source;
  private long filled;
  private long inflated;

  private GzipStream(CountedStream source) throws IOException {
    super(source, BUFFER_BYTES);
    this.source = source;
  }

  static GzipStream open(CountedStream source) throws IOException {
    try {
      return new GzipStream(source);
    } catch (EOFException | ZipException damaged) {
      throw damaged(damaged.getMessage());
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int read = super.read(target, offset, length);
      if (read < 0 && !isAtEnd()) {
        throw damaged("other data follows its end");
      }
      inflated += Math.max(0, read);
      if (inflated > ExpansionLimit.bytes(source.count())) {
        throw bomb();
      }
      return read;
    } catch (EOFException cut) {
      throw damaged("it is cut off");
    } catch (ZipException damaged) {
      throw damaged(damaged.getMessage());
    }
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    filled = source.count();
  }

  /**
   * Whether the source ended with the trailer. The superclass looks for another member after it,
   * and silently ignores any other data there.
   */
  private boolean isAtEnd() throws IOException {
    long endOfData = filled - inf.getRemaining();
    return source.count() == endOfData + TRAILER_BYTES && source.read() < 0;
  }

  private BadInput bomb() {
    return ExpansionLimit.exceeded(
        "The first "
            + source.count()
            + " bytes of the gzip expand to more than "
            + ExpansionLimit.HIGHEST_RATIO
            + " times their size. Send the file uncompressed, or split it.");
  }

  private static BadInput damaged(@Nullable String reason) {
    return new BadInput(
        "bad-gzip", "The file is not valid gzip", "The gzip cannot be read: " + reason);
  }
}
