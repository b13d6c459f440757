package io.tallyman.worker.task;

/** An attempt turned out to be long while no slot for long attempts is free. */
public final class NoLongSlot extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoLongSlot() {
    super("No slot for long attempts is free", null, false, false);
  }
}
