package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
import io.tallyman.billing.TestWorker;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class StagedPlanTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();

  private static final int MORE_THAN_A_PLAN_IS_TRIED_BEFORE_IT_IS_KEPT = 20;

  private final StagedRefusals refusals = SERVICE.bean(StagedRefusals.class);

  @Test
  void planOfManySmallImportsIsNotKeptForABigOne() {
    try (Handle connection = SERVICE.jdbi().open()) {
      for (int small = 0; small < MORE_THAN_A_PLAN_IS_TRIED_BEFORE_IT_IS_KEPT; small++) {
        connection.useTransaction(
            transaction -> {
              StagedPlan.set(transaction, 1);
              refusals.find(transaction, UUID.randomUUID(), 1, 1);
            });
      }

      assertThat(count(connection, "custom_plans")).isPositive();
      assertThat(count(connection, "generic_plans")).isZero();
    }
  }

  /** A small import must not hold the lock of all imports while it reads every vendor. */
  @Test
  void smallImportLooksItsVendorsUp() {
    SERVICE.execute(
        """
        INSERT INTO vendor (account_name, account_number)
        SELECT 'Vendor ' || number, 'A-' || number FROM generate_series(1, 20000) AS number
        """);
    SERVICE.execute("ANALYZE vendor");
    UUID id = new TestWorker(SERVICE).stagedImport("2,Vendor 7,,,2022-03-31,10.00,GBP,1\n");

    assertThat(plan(id, 1)).doesNotContain("Seq Scan on vendor").contains("on vendor");
    assertThat(plan(id, 1_000_000)).contains("Seq Scan on vendor");
  }

  private static String plan(UUID id, long rows) {
    return SERVICE
        .jdbi()
        .inTransaction(
            transaction -> {
              StagedPlan.set(transaction, rows);
              String query = "EXPLAIN " + ValidatedRows.with(rows) + " SELECT * FROM judged";
              return String.join(
                  "\n",
                  ValidatedRows.of(id, 1, transaction.createQuery(query))
                      .mapTo(String.class)
                      .list());
            });
  }

  private static long count(Handle connection, String plans) {
    return connection
        .createQuery(
            "SELECT sum(" + plans + ") FROM pg_prepared_statements WHERE statement LIKE '%judged%'")
        .mapTo(Long.class)
        .one();
  }
}
