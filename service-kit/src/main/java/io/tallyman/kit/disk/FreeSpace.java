package io.tallyman.kit.disk;

import java.io.File;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Checks that a minimum of free bytes stays on a disk after a write. The minimum is at most a tenth
 * of the disk, so that a small disk can be used too.
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

  /** For the disk of a directory. */
  public static FreeSpace of(Path directory, long minimum) {
    File disk = directory.toFile();
    return new FreeSpace(disk::getUsableSpace, disk::getTotalSpace, minimum);
  }

  /** Whether the minimum is still free after writing this many bytes. */
  public boolean hasRoomFor(long bytes) {
    return usable.getAsLong() - Math.min(minimum, total.getAsLong() / SHARE) >= bytes;
  }
}
