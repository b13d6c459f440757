package io.tallyman.billing.staging;

import io.tallyman.billing.tasktype.CompletionBusy;
import org.jdbi.v3.core.Handle;

/**
 * Only one import is applied or undone at a time, so that two imports that name the same new vendor
 * add it once.
 */
public final class ImportLock {
  private static final long KEY = 0x696d706f;

  private ImportLock() {}

  /**
   * Takes the lock until the end of the transaction. Does not wait.
   *
   * @throws CompletionBusy if another transaction holds the lock
   */
  public static void take(Handle transaction) {
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
