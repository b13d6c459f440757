package io.tallyman.billing.bulk;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.tasklist.TaskFilter;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A type of task that changes many tasks. A worker asks for batch after batch; {@link BulkTasks}
 * does the work.
 */
abstract sealed class BulkType implements TaskType<BulkType.Parameters>
    permits CancelTasks, RetryTasks {
  /** The names of these types. Such tasks are not changed by others of their kind. */
  static final List<String> NAMES = List.of(CancelTasks.NAME, RetryTasks.NAME);

  private final Jdbi jdbi;

  /**
   * @param filter which tasks were chosen
   * @param tasks how many tasks matched when it was submitted
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(TaskFilter filter, int tasks) implements TaskParameters {}

  /**
   * @param tasks how many tasks were chosen
   * @param changed how many of them were cancelled or retried
   * @param refused how many were left as they are, by the reason; ordered by its code
   */
  @Serdeable
  record Result(int tasks, int changed, List<Refused> refused) {}

  /**
   * @param code the last part of a problem's type, or {@code retried-before}
   */
  @Serdeable
  record Refused(String code, int tasks) {}

  BulkType(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The condition that a row of {@code task} can be changed in this way. */
  abstract String condition();

  @Override
  public final Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public final boolean submittable() {
    return false;
  }

  /** The retry goes on where the ended task stopped. */
  @Override
  public final void prepareRetry(UUID ended, UUID retry) {
    jdbi.useHandle(handle -> BulkTasks.copy(handle, ended, retry));
  }

  @Override
  public final TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    return new TaskResult.Succeeded(json.writeValueToTree(completion.result(Result.class, json)));
  }
}
