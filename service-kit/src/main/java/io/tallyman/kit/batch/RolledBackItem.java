package io.tallyman.kit.batch;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One item made a transaction fail, so that it was certainly rolled back. */
final class RolledBackItem {
  /** Classes of SQL states: data exception, and integrity constraint violation. */
  private static final String[] CLASSES = {"22", "23"};

  private RolledBackItem() {}

  static boolean caused(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException sql && isOfItem(sql.getSQLState()));
  }

  private static boolean isOfItem(@Nullable String state) {
    return state != null && Stream.of(CLASSES).anyMatch(state::startsWith);
  }
}
