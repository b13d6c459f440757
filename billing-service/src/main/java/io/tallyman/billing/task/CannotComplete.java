package io.tallyman.billing.task;

/** What an attempt brought cannot become a result, now or later: the task fails. */
public final class CannotComplete extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TaskError error;

  public CannotComplete(String slug, String title, String detail) {
    super(detail, null, false, false);
    this.error = TaskError.lasting(slug, title, detail);
  }

  TaskError error() {
    return error;
  }
}
