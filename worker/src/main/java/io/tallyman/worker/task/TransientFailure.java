package io.tallyman.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * Something that the task needs is unavailable now. Another attempt may succeed, and this one is
 * not counted.
 */
public final class TransientFailure extends AttemptFailure {
  private static final long serialVersionUID = 1L;

  /**
   * @param slug the last part of the problem's type
   * @param title the title, the same for all problems of this type
   * @param detail what went wrong; the client that submitted the task sees it
   */
  public TransientFailure(String slug, String title, String detail) {
    this(slug, title, detail, null);
  }

  public TransientFailure(String slug, String title, String detail, @Nullable Throwable cause) {
    super(TaskError.of(slug, title, detail), cause);
  }
}
