package io.tallyman.billing.staging;

import org.jdbi.v3.core.Handle;

/**
 * How PostgreSQL joins staged rows. It knows nothing yet of rows that have just come, and where it
 * takes a million for one it compares each of them with every vendor. A plan that served some small
 * imports it would keep for the connection, and take for a big one.
 */
final class StagedPlan {
  private static final long MANY = 1_000;

  private StagedPlan() {}

  /** Holds until the end of the transaction. */
  static void set(Handle transaction, long rows) {
    transaction.execute("SET LOCAL work_mem = '64MB'");
    transaction.execute("SET LOCAL plan_cache_mode = force_custom_plan");
    if (rows >= MANY) {
      transaction.execute("SET LOCAL enable_nestloop = off");
    }
  }
}
