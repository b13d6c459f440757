package io.tallyman.kit.database;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Finds SQL states in failures. A beginning such as {@code 23} stands for a class of states. */
public final class SqlStates {
  private SqlStates() {}

  /** Whether the failure or one of its causes has a state with one of the beginnings. */
  public static boolean areIn(Throwable failure, List<String> beginnings) {
    return causes(failure).anyMatch(cause -> isOf(cause, beginnings));
  }

  /** The failure and its causes, beginning with the failure. */
  static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  /** Like {@link #areIn}, without the causes of the failure. */
  static boolean isOf(Throwable failure, List<String> beginnings) {
    return failure instanceof SQLException sql
        && sql.getSQLState() != null
        && beginnings.stream().anyMatch(sql.getSQLState()::startsWith);
  }
}
