package io.tallyman.e2e;

import io.tallyman.standalone.Stack;
import io.tallyman.standalone.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The stack that all tests share; started by the first, stopped when the JVM ends. */
final class RunningStack {
  /** Smaller than by default, so that a test can send more. */
  static final int MOST_UPLOAD_BYTES = 60_000_000;

  private static final Stack STACK = start();

  private RunningStack() {}

  static Stack get() {
    return STACK;
  }

  static Gateway gateway() {
    return new Gateway(STACK.gateway());
  }

  private static Stack start() {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Files.createDirectories(target);
      Path directory = Files.createTempDirectory(target, "stack-");
      Path home = Path.of(System.getProperty("tallyman.home"));
      Map<String, String> settings =
          Map.of("TALLYMAN_UPLOADS_MAX_BYTES", Integer.toString(MOST_UPLOAD_BYTES));
      return Stack.start(new StackOptions(home, directory, 0, 2, settings));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
