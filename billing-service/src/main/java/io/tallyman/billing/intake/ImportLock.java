package io.tallyman.billing.intake;

import io.tallyman.billing.task.CompletionBusy;
import org.jdbi.v3.core.Handle;

/**
 * Only one import is applied or undone at a time, so that two imports that name the same new vendor
 * add it once.
 */
final class ImportLock {
  private static final long KEY = 0x696d706f;

  private ImportLock() {}

  /**
   * Takes the lock until the end of the transaction. Does not wait.
   *
   * @throws CompletionBusy if another transaction holds the lock
   */
  static void take(Handle transaction) {
    boolean alone =
        transaction
            .createQuery("SELECT pg_try_advisory_xact_lock(:key)")
            .bind("key", KEY)
            .mapTo(Boolean.class)
            .one();
    if (!alone) {
      throw new CompletionBusy("another import is being applied");
    }
  }
}
