package io.tallyman.worker.task;

/** What the task is about is wrong, and would be in any other attempt: the task fails. */
public final class BadInput extends AttemptFailure {
  private static final long serialVersionUID = 1L;

  /**
   * @param slug the last part of the problem's type
   * @param title the same for every problem of the type
   * @param detail what is wrong and where; is shown to whoever made the task
   */
  public BadInput(String slug, String title, String detail) {
    super(TaskError.of(slug, title, detail), null);
  }
}
