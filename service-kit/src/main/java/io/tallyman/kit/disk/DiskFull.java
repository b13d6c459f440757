package io.tallyman.kit.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk has less free space than its minimum. A later try may succeed. */
public final class DiskFull extends IOException {
  private static final long serialVersionUID = 1L;

  public DiskFull(@Nullable Throwable cause) {
    super("The disk has too little free space", cause);
  }
}
