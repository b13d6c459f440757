package io.tallyman.standalone.stack;

/** What was asked for cannot be done as asked; one line says why, and nothing was started. */
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }

  public UsageError(String message, Throwable cause) {
    super(message, cause);
  }
}
