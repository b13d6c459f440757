package io.tallyman.standalone;

/** What was asked for cannot be done as asked; one line says why, and nothing was started. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }

  UsageError(String message, Throwable cause) {
    super(message, cause);
  }
}
