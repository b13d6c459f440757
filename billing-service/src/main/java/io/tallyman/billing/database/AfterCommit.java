package io.tallyman.billing.database;

import org.jdbi.v3.core.Handle;

/** What follows a change of the database. */
public final class AfterCommit {
  private AfterCommit() {}

  /**
   * Runs an action when what the handle changed is committed. Without a transaction, each statement
   * is committed by itself, so the action runs at once.
   */
  public static void run(Handle handle, Runnable action) {
    if (handle.isInTransaction()) {
      handle.afterCommit(action);
    } else {
      action.run();
    }
  }
}
