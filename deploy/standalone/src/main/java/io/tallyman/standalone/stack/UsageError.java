package io.tallyman.standalone.stack;

/** The command cannot be carried out. The message of one line says why. Nothing was started. */
public final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageError(String message) {
    super(message);
  }

  public UsageError(String message, Throwable cause) {
    super(message, cause);
  }
}
