package io.tallyman.billing.staging;

import org.jdbi.v3.core.Handle;

/**
 * Planner settings for statements over staged rows. PostgreSQL has no statistics of rows that were
 * just staged. If it expects one row where there are a million, it compares each with every vendor.
 * It could also keep a plan for small imports and use it for a large one.
 */
final class StagedPlan {
  private static final long MANY = 1_000;

  private StagedPlan() {}

  /** The settings hold until the end of the transaction. */
  static void set(Handle transaction, long rows) {
    transaction.execute("SET LOCAL work_mem = '64MB'");
    transaction.execute("SET LOCAL plan_cache_mode = force_custom_plan");
    if (isForMany(rows)) {
      transaction.execute("SET LOCAL enable_nestloop = off");
    }
  }

  static boolean isForMany(long rows) {
    return rows >= MANY;
  }
}
