package io.tallyman.standalone;

/** The command cannot be carried out. The message of one line says why. Nothing was started. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }

  UsageError(String message, Throwable cause) {
    super(message, cause);
  }
}
