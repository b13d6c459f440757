package io.tallyman.worker.intake.csv;

import io.tallyman.worker.task.BadInput;

/**
 * How much may become of an upload: 200 times its size, and 100 MiB in any case. This holds for the
 * inflated file, for the rows that are staged, and for the sheet of refused rows, each by itself.
 */
public final class Expansion {
  public static final long HIGHEST_RATIO = 200;

  private static final long HARMLESS_BYTES = 100L * 1024 * 1024;

  private Expansion() {}

  /** The most bytes that so many bytes of an upload may become. */
  public static long limit(long uploaded) {
    return Math.max(HARMLESS_BYTES, HIGHEST_RATIO * uploaded);
  }

  public static BadInput exceeded(String detail) {
    return new BadInput("gzip-bomb", "The gzip becomes too much", detail);
  }
}
