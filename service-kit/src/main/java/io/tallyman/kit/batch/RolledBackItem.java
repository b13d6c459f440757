package io.tallyman.kit.batch;

import io.tallyman.kit.database.SqlStates;
import java.util.List;

/** One item made a transaction fail, so that it was certainly rolled back. */
final class RolledBackItem {
  /**
   * Beginnings of SQL states: data exception, integrity constraint violation, and a lock that was
   * not released in time.
   */
  private static final List<String> STATES = List.of("22", "23", "55P03");

  private RolledBackItem() {}

  static boolean caused(Throwable failure) {
    return SqlStates.areIn(failure, STATES);
  }
}
