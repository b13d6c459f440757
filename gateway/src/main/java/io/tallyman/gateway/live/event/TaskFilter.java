package io.tallyman.gateway.live.event;

import io.tallyman.gateway.task.TaskStatus;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of {@code GET /tasks}; a null matches everything.
 *
 * @param status the name of a status; a hyphen before it excludes the status
 * @param task the name of a type; a hyphen before it excludes the type
 * @param from inclusive lower bound of the creation time
 * @param to exclusive upper bound of the creation time
 * @param submittedBy the id of the user who submitted it
 */
public record TaskFilter(
    @Nullable String status,
    @Nullable String task,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long submittedBy) {
  private static final String EXCLUDES = "-";

  /**
   * Reads the filters from texts. Whether there is such a task type, only billing-service knows.
   *
   * @param pointer leads to the filters: their names are appended to it
   * @throws InvalidFields if a text cannot be read
   */
  public static TaskFilter of(
      String pointer,
      @Nullable String status,
      @Nullable String task,
      @Nullable String from,
      @Nullable String to,
      @Nullable Long submittedBy) {
    return new TaskFilter(
        status(pointer, status),
        task,
        time(pointer + "from", from),
        time(pointer + "to", to),
        submittedBy);
  }

  /** The same filter, for the tasks of one user. */
  public TaskFilter of(Long owner) {
    return new TaskFilter(status, task, from, to, owner);
  }

  /** Whether a task matches while it has a status. */
  public boolean matches(Subject subject, TaskStatus current) {
    return fits(status, current.name())
        && fits(task, subject.task())
        && (submittedBy == null || submittedBy.equals(subject.submittedBy()))
        && (from == null || !subject.createdAt().isBefore(from))
        && (to == null || subject.createdAt().isBefore(to));
  }

  private static boolean fits(@Nullable String criterion, String actual) {
    if (criterion == null) {
      return true;
    }
    return criterion.startsWith(EXCLUDES)
        ? !actual.equals(criterion.substring(EXCLUDES.length()))
        : actual.equals(criterion);
  }

  private static @Nullable String status(String pointer, @Nullable String text) {
    if (text == null
        || Arrays.stream(TaskStatus.values())
            .anyMatch(each -> text.equals(each.name()) || text.equals(EXCLUDES + each.name()))) {
      return text;
    }
    throw invalid(pointer + "status", "must be one of " + Arrays.toString(TaskStatus.values()));
  }

  private static @Nullable Instant time(String pointer, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw invalid(pointer, "must be a time such as \"2025-03-01T12:00:00Z\"");
    }
  }

  private static InvalidFields invalid(String pointer, String detail) {
    return new InvalidFields(List.of(new FieldError(pointer, detail)));
  }
}
