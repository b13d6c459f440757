package io.tallyman.worker.intake;

import io.tallyman.worker.work.BadInput;

/**
 * The limit of what an upload may expand to: 200 times its size, but at least 100 MiB. It applies
 * separately to the inflated file, to the staged rows and to the sheet of refused rows.
 */
final class Expansion {
  static final long HIGHEST_RATIO = 200;

  private static final long HARMLESS_BYTES = 100L * 1024 * 1024;

  private Expansion() {}

  /** The most bytes that an upload of this size may expand to. */
  static long limit(long uploaded) {
    return Math.max(HARMLESS_BYTES, HIGHEST_RATIO * uploaded);
  }

  static BadInput exceeded(String detail) {
    return new BadInput("gzip-bomb", "The gzip becomes too much", detail);
  }
}
