package io.tallyman.billing.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.RunningService;
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
              refusals.find(transaction, UUID.randomUUID(), 1);
            });
      }

      assertThat(count(connection, "custom_plans")).isPositive();
      assertThat(count(connection, "generic_plans")).isZero();
    }
  }

  private static long count(Handle connection, String plans) {
    return connection
        .createQuery(
            "SELECT sum(" + plans + ") FROM pg_prepared_statements WHERE statement LIKE '%judged%'")
        .mapTo(Long.class)
        .one();
  }
}
