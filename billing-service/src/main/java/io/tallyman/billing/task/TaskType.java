package io.tallyman.billing.task;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * A kind of task: a bean that implements this is all that registers one.
 *
 * @param <P> the record of its parameters
 */
public interface TaskType<P extends TaskParameters> {
  /** Its name on the wire, such as {@code billing.sheet}. */
  String name();

  Class<P> parameters();

  /** How long one attempt may take; then the task fails. */
  Duration timeLimit();

  /** Whether clients may submit it by name, or only through a route of its own. */
  default boolean submittable() {
    return true;
  }

  /** Whether it is about an upload, which its attempts read from the store. */
  default boolean readsUpload() {
    return false;
  }

  /**
   * Makes the result. Runs in the transaction that commits SUCCESS and after the sheet was added,
   * so what a type writes here happens exactly once, or not at all.
   *
   * @throws CannotComplete if the task must fail instead; everything written is rolled back
   * @throws CompletionBusy if it cannot be done at this moment; the worker asks again
   */
  default JsonNode complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    return json.writeValueToTree(SheetResult.of(completion));
  }
}
