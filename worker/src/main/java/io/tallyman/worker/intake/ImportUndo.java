package io.tallyman.worker.intake;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;

/**
 * Undoes an import. billing-service does all of it in the transaction that records the outcome. It
 * is a task so that it has an id, a status and a place in the queue like any other.
 */
@Singleton
final class ImportUndo implements TaskType<ImportUndo.Parameters> {
  /** Empty: only billing-service needs to know the import's id. */
  @Serdeable
  record Parameters() {}

  @Override
  public String name() {
    return "billing.undo_import";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Done run(Parameters parameters, Work work) {
    return new Done(null, null);
  }
}
