package io.tallyman.billing.access;

import io.tallyman.kit.security.TokenPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks and sheets the sender of the current request may see. Admins and viewers see all of
 * them; everybody else sees those of their own tasks only.
 */
public final class Visible {
  /**
   * The condition of a query that the task of a row, which has its id in the column {@code
   * task_id}, is one that {@link #owner} sees.
   */
  public static final String TASK =
      """
      (:owner::text IS NULL
        OR EXISTS (SELECT FROM task WHERE task.id = task_id AND submitted_by = :owner))
      """;

  private Visible() {}

  /**
   * The user whose tasks the sender sees; null if the sender sees all tasks, or is a service.
   * Queries have it as {@code :owner}.
   */
  public static @Nullable String owner() {
    return TokenPrincipal.current()
        .filter(TokenPrincipal::seesOnlyOwn)
        .map(TokenPrincipal::name)
        .orElse(null);
  }

  /** The user who sends the current request; empty if it is a service. */
  public static Optional<String> sender() {
    return TokenPrincipal.current().map(TokenPrincipal::name);
  }
}
