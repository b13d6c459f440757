package io.tallyman.billing.tasktype;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A kind of task. A bean that implements this registers it; its time limit stands in
 * application.yml.
 *
 * @param <P> the record of its parameters
 */
public interface TaskType<P extends TaskParameters> {
  /** Its name on the wire, such as {@code billing.sheet}. */
  String name();

  /** What it does, in a sentence or two for those who submit it. */
  String description();

  Class<P> parameters();

  /** Whether clients may submit it by name, or only through a route of its own. */
  default boolean submittable() {
    return true;
  }

  /** Whether it is about an upload, which its attempts read from the store. */
  default boolean readsUpload() {
    return false;
  }

  /** Whether {@link #complete} may take minutes; it then runs on a connection pool of its own. */
  default boolean completesSlowly() {
    return false;
  }

  /**
   * Prepares for another task that does again what one did that failed or was revoked.
   *
   * @throws io.tallyman.kit.problem.Refusal if that is not possible any more
   */
  default void prepareRetry(UUID ended, UUID retry) throws IOException {}

  /**
   * Makes the result. Runs in the transaction that commits the task's end and after the sheet was
   * added, so what a type writes here happens exactly once, or not at all.
   *
   * @throws CannotComplete if the attempt must fail instead; everything written is rolled back
   * @throws CompletionBusy if it cannot be done at this moment; the worker asks again
   */
  default TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    return new TaskResult.Succeeded(json.writeValueToTree(SheetResult.of(completion)));
  }
}
