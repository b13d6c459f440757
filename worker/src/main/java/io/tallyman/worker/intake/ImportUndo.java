package io.tallyman.worker.intake;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;

/**
 * Takes an import back. All of it happens in billing-service, in the transaction that records the
 * outcome; being a task, it has an id, waits its turn and is told of like any other.
 */
@Singleton
final class ImportUndo implements TaskType<ImportUndo.Parameters> {
  /** Which import it is, only billing-service needs to know. */
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
  public Done run(Parameters parameters, Work work) {
    return new Done(null, null);
  }
}
