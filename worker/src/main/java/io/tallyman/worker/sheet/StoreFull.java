package io.tallyman.worker.sheet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk of the sheet store has less free space than it has to keep. This may pass. */
public final class StoreFull extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreFull(@Nullable Throwable cause) {
    super("The disk of the sheet store has too little free space", cause);
  }
}
