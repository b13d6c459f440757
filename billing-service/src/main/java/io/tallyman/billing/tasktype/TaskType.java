package io.tallyman.billing.tasktype;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.kit.problem.Problem.FieldError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * A type of task. Every bean of this type is registered; {@link TimeLimits} has its time limit.
 *
 * @param <P> the record of its parameters
 */
public interface TaskType<P extends TaskParameters> {
  /** The code of the audit event of a task that was submitted, unless its type has another one. */
  String SUBMITTED = "task.submitted";

  /** The code of the audit event of a task that repeats another one. */
  String RETRIED = "task.retried";

  /** Its name in JSON, such as {@code billing.sheet}. */
  String name();

  /** A sentence or two for clients: what a task of this type does. */
  String description();

  Class<P> parameters();

  /**
   * The faults of valid parameters that only the database shows, such as an id that nothing has.
   * Their pointers are relative to the parameters.
   */
  default List<FieldError> faults(P parameters) {
    return List.of();
  }

  /** Whether clients may submit it by name with {@code POST /tasks}; else it has its own route. */
  default boolean submittable() {
    return true;
  }

  /** The code of the audit event of a task that was submitted with these parameters. */
  default String auditedAs(P parameters) {
    return SUBMITTED;
  }

  /** Whether its attempts read an uploaded file from the store. */
  default boolean readsUpload() {
    return false;
  }

  /**
   * What attempts read from the database, if it is little. It is read for all tasks of this type
   * that a worker claims in one call, and goes to the worker with the claims. Attempts without it
   * read for themselves.
   *
   * @param tasks the parameters of each task
   * @return the input of each task that has one
   */
  default Map<UUID, JsonNode> inputs(Map<UUID, P> tasks) {
    return Map.of();
  }

  /**
   * Whether {@link #complete} may take minutes. It then has its own transaction, from a separate
   * connection pool. The completions of all other types share transactions.
   */
  default boolean completesAlone() {
    return false;
  }

  /**
   * Prepares the retry of a failed or revoked task, before the new task is inserted.
   *
   * @throws io.tallyman.kit.problem.Refusal if the task cannot be retried any more
   */
  default void prepareRetry(UUID ended, UUID retry) throws IOException {}

  /**
   * Makes the result. It runs in the transaction that ends the task, after the sheet's manifest was
   * added. So everything it writes is committed together with the end, exactly once, or not at all.
   *
   * <p>A type that does not {@link #completesAlone} only computes the result: it neither uses the
   * transaction nor throws the exceptions below.
   *
   * @throws CannotComplete if the attempt has to fail; the transaction is rolled back
   * @throws CompletionBusy if it has to wait for another commit; the worker sends the outcome again
   */
  default TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    return new TaskResult.Succeeded(json.writeValueToTree(SheetResult.of(completion)));
  }
}
