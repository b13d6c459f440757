package io.tallyman.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * Something the task needs was not there, and may be later: another attempt is worth it, and this
 * one is not counted against the task.
 */
public final class TransientFailure extends AttemptFailure {
  private static final long serialVersionUID = 1L;

  /**
   * @param slug the last part of the problem's type
   * @param title the same for every problem of the type
   * @param detail what went wrong; is shown to whoever made the task
   */
  public TransientFailure(String slug, String title, String detail) {
    this(slug, title, detail, null);
  }

  public TransientFailure(String slug, String title, String detail, @Nullable Throwable cause) {
    super(TaskError.of(slug, title, detail), cause);
  }
}
