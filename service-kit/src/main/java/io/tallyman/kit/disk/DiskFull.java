package io.tallyman.kit.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk has less free space than it has to keep. This may pass. */
public final class DiskFull extends IOException {
  private static final long serialVersionUID = 1L;

  public DiskFull(@Nullable Throwable cause) {
    super("The disk has too little free space", cause);
  }
}
