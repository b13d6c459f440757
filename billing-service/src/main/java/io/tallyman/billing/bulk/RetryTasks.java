package io.tallyman.billing.bulk;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Retries many tasks, each at most once. */
@Singleton
final class RetryTasks extends BulkType {
  static final String NAME = "tasks.retry";

  RetryTasks(Jdbi jdbi) {
    super(jdbi);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Retries all failed and cancelled tasks that matched a filter when it was submitted and"
        + " were not retried before. Submit it with POST /tasks/retry.";
  }

  @Override
  public String auditedAs(Parameters parameters) {
    return "tasks.retried";
  }

  @Override
  String condition() {
    return "status IN ('FAILURE', 'REVOKED')"
        + " AND NOT EXISTS (SELECT FROM task AS again WHERE again.retry_of = task.id)";
  }
}
