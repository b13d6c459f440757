package io.tallyman.bench.measure;

import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.side.Side;
import io.tallyman.bench.side.Side.Ended;

/** Checks sheets. */
final class Sheets {
  private Sheets() {}

  /**
   * Downloads a sheet and compares its digest with the expected one, and with the one that the
   * system promised.
   *
   * @throws IllegalStateException if they differ
   */
  static void check(Side side, HttpConnection connection, Ended ended, String expected) {
    String actual = Billings.sha256(side.sheet(connection, ended));
    if (!actual.equals(expected)
        || !(ended.sha256().isEmpty() || ended.sha256().equals(expected))) {
      throw new IllegalStateException(
          "The sheet of task %s of the %s is wrong: its digest is %s, not %s, and %s was promised."
              .formatted(ended.task(), side.name(), actual, expected, ended.sha256()));
    }
  }
}
