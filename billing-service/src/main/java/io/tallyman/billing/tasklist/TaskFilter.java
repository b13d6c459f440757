package io.tallyman.billing.tasklist;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.access.Visible;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.date.FourDigitYearValidators;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.tasktype.TaskTypes;
import io.tallyman.kit.database.Conditions;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a client means. A criterion that is null excludes none.
 *
 * @param status exactly as in a task, in upper case; a hyphen before it excludes the status
 * @param task the name of a type; a hyphen before it excludes the type
 * @param from inclusive lower bound of the creation time
 * @param to exclusive upper bound of the creation time
 * @param submittedBy the id of the user who submitted it
 */
@Serdeable
@Introspected
public record TaskFilter(
    @Nullable @QueryValue String status,
    @Nullable @QueryValue String task,
    @Nullable @QueryValue Instant from,
    @Nullable @QueryValue Instant to,
    @Nullable @QueryValue("submitted_by") Long submittedBy) {

  private static final String EXCLUDES = "-";

  /** Whether it means all tasks. */
  public boolean isEmpty() {
    return status == null && task == null && from == null && to == null && submittedBy == null;
  }

  /**
   * @param prefix of the pointers of its fields: {@code ?} in a query, {@code /} in a body
   * @throws InvalidFields if there is no such type or status, or no such time
   */
  public void check(TaskTypes types, String prefix) {
    List<FieldError> faults = new ArrayList<>();
    if (task != null && types.find(value(task)).isEmpty()) {
      faults.add(new FieldError(prefix + "task", "is not the name of a task type"));
    }
    // Not left to the framework, which accepts lower case too and does not list the statuses.
    if (status != null && !isStatus(value(status))) {
      faults.add(
          new FieldError(
              prefix + "status", "must be one of " + Arrays.toString(TaskStatus.values())));
    }
    checkYear(prefix + "from", from, faults);
    checkYear(prefix + "to", to, faults);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
  }

  private static boolean isStatus(String name) {
    return Arrays.stream(TaskStatus.values()).anyMatch(one -> one.name().equals(name));
  }

  private static void checkYear(String pointer, @Nullable Instant at, List<FieldError> faults) {
    if (at != null && !FourDigitYearValidators.isInRange(at)) {
      faults.add(new FieldError(pointer, FourDigitYear.FAULT));
    }
  }

  /**
   * The conditions that a row of {@code task} matches, and that the sender of the current request
   * may see its task.
   */
  public Conditions conditions() {
    Conditions conditions = new Conditions();
    restrict(conditions, "status", status);
    restrict(conditions, "task", task);
    return conditions
        .where("created_at >= :from", "from", from)
        .where("created_at < :to", "to", to)
        .where("submitted_by = :submittedBy::text", "submittedBy", submittedBy)
        .where("submitted_by = :owner", "owner", Visible.owner());
  }

  private static void restrict(Conditions conditions, String column, @Nullable String criterion) {
    if (criterion != null) {
      String operator = excludes(criterion) ? "<>" : "=";
      conditions.where("%s %s :%s".formatted(column, operator, column), column, value(criterion));
    }
  }

  /** The status or the type that a criterion names, without the hyphen that excludes it. */
  private static String value(String criterion) {
    return excludes(criterion) ? criterion.substring(EXCLUDES.length()) : criterion;
  }

  private static boolean excludes(String criterion) {
    return criterion.startsWith(EXCLUDES);
  }
}
