package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;

/**
 * The limit of what an upload may expand to: 200 times its size, but at least 100 MiB. It applies
 * separately to the inflated file, to the staged rows and to the sheet of refused rows.
 */
public final class ExpansionLimit {
  public static final long HIGHEST_RATIO = 200;

  private static final long HARMLESS_BYTES = 100L * 1024 * 1024;

  private ExpansionLimit() {}

  /** The most bytes that an upload of this size may expand to. */
  public static long bytes(long uploaded) {
    return Math.max(HARMLESS_BYTES, HIGHEST_RATIO * uploaded);
  }

  public static BadInput exceeded(String detail) {
    return new BadInput("gzip-bomb", "The upload expands to too many bytes", detail);
  }
}
