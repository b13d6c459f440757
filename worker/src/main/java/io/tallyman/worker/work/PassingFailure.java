package io.tallyman.worker.work;

import org.jspecify.annotations.Nullable;

/**
 * Something that the task needs is unavailable now. Another attempt may succeed, and this one is
 * not counted.
 */
public final class PassingFailure extends AttemptFailure {
  private static final long serialVersionUID = 1L;

  /**
   * @param slug the last part of the problem's type
   * @param title the title, the same for all problems of this type
   * @param detail what went wrong; the client that submitted the task sees it
   */
  public PassingFailure(String slug, String title, String detail) {
    this(slug, title, detail, null);
  }

  public PassingFailure(String slug, String title, String detail, @Nullable Throwable cause) {
    super(Fault.of(slug, title, detail), cause);
  }
}
