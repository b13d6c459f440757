package io.tallyman.billing.state;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.ProblemType;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a task failed: a problem, and whether the same task may succeed when it is
 * tried again.
 */
@Serdeable
public record TaskError(URI type, String title, @Nullable String detail, boolean retryable) {
  /** An error after which another attempt may succeed. */
  public static TaskError passing(String slug, String title, String detail) {
    return new TaskError(ProblemType.uri(slug), title, detail, true);
  }

  /** An error that every other attempt would meet too. */
  public static TaskError lasting(String slug, String title, String detail) {
    return new TaskError(ProblemType.uri(slug), title, detail, false);
  }

  /** The last part of the type: the reason as events and logs name it. */
  public String slug() {
    String text = type.toString();
    return text.substring(text.lastIndexOf(':') + 1);
  }
}
