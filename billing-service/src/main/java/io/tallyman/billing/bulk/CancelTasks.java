package io.tallyman.billing.bulk;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Cancels many tasks. */
@Singleton
final class CancelTasks extends BulkType {
  static final String NAME = "tasks.cancel";

  CancelTasks(Jdbi jdbi) {
    super(jdbi);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Cancels all tasks that matched a filter when it was submitted. Submit it with POST"
        + " /tasks/cancel.";
  }

  @Override
  public String auditedAs(Parameters parameters) {
    return "tasks.cancelled";
  }

  @Override
  String condition() {
    return "status IN ('PENDING', 'STARTED', 'RETRY')";
  }
}
