package io.tallyman.billing.task;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.dispatch.Dispatcher;
import io.tallyman.billing.state.Cancellation;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.task.SubmissionBatchController.Submission;
import io.tallyman.billing.task.Tasks.Inserted;
import io.tallyman.billing.task.Tasks.Insertion;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.billing.tasktype.UnknownTask;
import io.tallyman.kit.request.RequestId;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients submit, read, cancel and retry tasks here. {@link io.tallyman.billing.attempt.Attempts}
 * has the operations of workers.
 */
@Singleton
public final class TaskLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLifecycle.class);

  private final Jdbi jdbi;
  private final Tasks tasks;
  private final Cancellation cancellation;
  private final TaskTypes types;
  private final Retries retries;
  private final TaskLimit open;
  private final Submissions submissions;
  private final Dispatcher dispatcher;
  private final JsonMapper json;
  private final Validator validator;

  TaskLifecycle(
      Jdbi jdbi,
      Tasks tasks,
      Cancellation cancellation,
      TaskTypes types,
      Retries retries,
      TaskLimit open,
      Submissions submissions,
      Dispatcher dispatcher,
      JsonMapper json,
      Validator validator) {
    this.jdbi = jdbi;
    this.tasks = tasks;
    this.cancellation = cancellation;
    this.types = types;
    this.retries = retries;
    this.open = open;
    this.submissions = submissions;
    this.dispatcher = dispatcher;
    this.json = json;
    this.validator = validator;
  }

  /** A new task's id. It is a UUIDv7, so ids sort by creation time. */
  public static UUID newId() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  /**
   * Accepts a task that a client submitted, in the current transaction if there is one. Once that
   * transaction is committed, the task survives any crash.
   *
   * @throws UnknownTask if the type is unknown or has a route of its own
   * @throws InvalidParameters if the parameters do not match the type
   * @throws TasksFull if there is no room for it
   */
  Task submit(NewTask task) {
    types.check(task.task(), task.parameters());
    open.admit(List.of(task));
    return accept(Insertion.of(newId(), task, null, null));
  }

  /**
   * Accepts a task that a client submitted, in a transaction with others that arrive at the same
   * time.
   *
   * @throws UnknownTask if the type is unknown or has a route of its own
   * @throws InvalidParameters if the parameters do not match the type
   * @throws TasksFull if there is no room for it
   */
  Task submitTogether(NewTask task) {
    types.check(task.task(), task.parameters());
    open.admit(List.of(task));
    return submissions.accept(Insertion.of(newId(), task, null, null));
  }

  /**
   * Does the same for the tasks of many requests of one sender.
   *
   * @return one result for each submission, in their order; null if the task is not valid or there
   *     is no room for it, and nothing was done; what a result throws is why the task is not known
   *     to be accepted
   */
  List<@Nullable Supplier<Task>> submitAll(List<Submission> submitted) {
    Insertion[] insertions = new Insertion[submitted.size()];
    Arrays.setAll(insertions, index -> insertion(submitted.get(index)));
    Iterator<Supplier<Task>> accepted =
        submissions.accept(Arrays.stream(insertions).filter(Objects::nonNull).toList()).iterator();
    List<@Nullable Supplier<Task>> results = new ArrayList<>();
    for (Insertion insertion : insertions) {
      results.add(insertion == null ? null : accepted.next());
    }
    return results;
  }

  private @Nullable Insertion insertion(Submission submission) {
    NewTask task = submission.task();
    try (var _ = RequestId.inLog(submission.requestId())) {
      if (!validator.validate(task).isEmpty()) {
        return null;
      }
      types.check(task.task(), task.parameters());
      open.admit(List.of(task));
      return Insertion.of(newId(), task, null, null);
    } catch (RuntimeException rejected) {
      LOG.debug("A task is not accepted together with others", rejected);
      return null;
    }
  }

  /**
   * Accepts a task that this service creates for a request of another kind, such as an upload, in
   * the current transaction if there is one.
   *
   * @throws DuplicateTask if the same thing may be done only once and another task does or did it
   * @throws TasksFull if there is no room for it
   */
  public <P extends TaskParameters> Task accept(UUID id, TaskType<P> type, P parameters) {
    try {
      JsonNode tree = json.writeValueToTree(parameters);
      NewTask task = new NewTask(type.name(), tree, null, null);
      open.admit(List.of(task));
      return accept(Insertion.of(id, task, null, null, type.auditedAs(parameters)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   */
  public Task find(UUID id) {
    return tasks.require(id);
  }

  /**
   * Revokes a task at once. A worker that runs it learns it from its next heartbeat. Cancelling a
   * revoked task again has no effect.
   *
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   * @throws TaskEnded if it has ended in another way
   */
  Task cancel(UUID id) {
    requireVisible(id);
    boolean cancelled = cancellation.cancel(id);
    Task task = find(id);
    if (!cancelled && task.status() != TaskStatus.REVOKED) {
      throw new TaskEnded(id, task.status());
    }
    return task;
  }

  /**
   * Accepts a new task that repeats a failed or revoked one, in the current transaction if there is
   * one.
   *
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   * @throws NotRetryable if the task succeeded or has not ended
   * @throws TasksFull if there is no room for it
   */
  Task retry(UUID ended) throws IOException {
    return retry(ended, find(ended).parameters());
  }

  /**
   * Like {@link #retry(UUID)}, with other parameters of the same type.
   *
   * @throws io.tallyman.kit.problem.Refusal if it expired or does not exist
   * @throws NotRetryable if the task succeeded or has not ended
   * @throws TasksFull if there is no room for it
   */
  public Task retry(UUID ended, TaskParameters parameters) throws IOException {
    return retry(ended, json.writeValueToTree(parameters));
  }

  private Task retry(UUID ended, JsonNode parameters) throws IOException {
    NewTask again = retries.check(find(ended), parameters);
    open.admit(List.of(again));
    UUID retry = newId();
    retries.prepare(again, ended, retry);
    return accept(Insertion.of(retry, again, ended, null));
  }

  private void requireVisible(UUID id) {
    if (Visible.owner() != null) {
      find(id);
    }
  }

  private Task accept(Insertion task) {
    return jdbi.inTransaction(transaction -> accept(transaction, task));
  }

  private Task accept(Handle transaction, Insertion task) {
    Task accepted =
        tasks.insert(transaction, List.of(task), 0).stream()
            .map(Inserted::task)
            .findFirst()
            .orElseThrow(() -> new DuplicateTask(task.task()));
    transaction.afterCommit(dispatcher::wake);
    return accepted;
  }
}
