package io.tallyman.worker.sheet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The store's disk has less free space than {@code tallyman.store.min-free-bytes}. The task is
 * retried.
 */
public final class StoreFull extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreFull(@Nullable Throwable cause) {
    super("The disk of the sheet store has too little free space", cause);
  }
}
