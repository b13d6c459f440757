package io.tallyman.billing.intake;

import org.jdbi.v3.core.Handle;

/**
 * How PostgreSQL joins staged rows. It knows nothing yet of rows that have just come, and where it
 * takes a million for one it compares each of them with every vendor.
 */
final class StagedPlan {
  private static final long MANY = 1_000;

  private StagedPlan() {}

  /** Holds until the end of the transaction. */
  static void set(Handle transaction, long rows) {
    transaction.execute("SET LOCAL work_mem = '64MB'");
    if (rows >= MANY) {
      transaction.execute("SET LOCAL enable_nestloop = off");
    }
  }
}
