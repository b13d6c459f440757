package io.tallyman.worker.task;

/** The input of the task is wrong. Every other attempt would fail too, so the task fails. */
public final class BadInput extends AttemptFailure {
  private static final long serialVersionUID = 1L;

  /**
   * @param slug the last part of the problem's type
   * @param title the title, the same for all problems of this type
   * @param detail what is wrong and where; the client that submitted the task sees it
   */
  public BadInput(String slug, String title, String detail) {
    super(TaskError.of(slug, title, detail), null);
  }
}
