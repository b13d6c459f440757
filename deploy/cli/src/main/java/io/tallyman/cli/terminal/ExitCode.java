package io.tallyman.cli.terminal;

/** The exit codes. Scripts rely on them, so a number never gets another meaning. */
public final class ExitCode {
  public static final int SUCCESS = 0;

  /** The task failed or was cancelled. */
  public static final int TASK_FAILED = 1;

  /** The command is wrong, or something that it needs is missing. */
  public static final int USAGE = 2;

  /** No gateway answers, or it cannot answer now. The same command may succeed later. */
  public static final int UNREACHABLE = 3;

  /** The gateway rejected the request. */
  public static final int REJECTED = 4;

  /** A file cannot be read or written, or a downloaded sheet is not the one that was promised. */
  public static final int BAD_FILE = 5;

  /** The task has not ended within the time of {@code --timeout}. It goes on. */
  public static final int NOT_ENDED = 6;

  private ExitCode() {}
}
