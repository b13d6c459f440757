package io.tallyman.kit.disk;

import java.io.File;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * How much may still be written to a disk so that a minimum stays free on it. The minimum is never
 * more than a tenth of the disk: then a small disk can be used too.
 */
public final class FreeSpace {
  private static final int SHARE = 10;

  private final LongSupplier usable;
  private final LongSupplier total;
  private final long minimum;

  /** All in bytes. */
  public FreeSpace(LongSupplier usable, LongSupplier total, long minimum) {
    this.usable = usable;
    this.total = total;
    this.minimum = minimum;
  }

  /** Of the disk on which a directory is. */
  public static FreeSpace of(Path directory, long minimum) {
    File disk = directory.toFile();
    return new FreeSpace(disk::getUsableSpace, disk::getTotalSpace, minimum);
  }

  /** Whether so many bytes can be written, and the minimum is still free after that. */
  public boolean hasRoomFor(long bytes) {
    return usable.getAsLong() - Math.min(minimum, total.getAsLong() / SHARE) >= bytes;
  }
}
