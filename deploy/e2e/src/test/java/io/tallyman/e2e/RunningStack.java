package io.tallyman.e2e;

import io.tallyman.standalone.Stack;
import io.tallyman.standalone.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The stack that all tests share; started by the first, stopped when the JVM ends. */
final class RunningStack {
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
      return Stack.start(StackOptions.in(Path.of(System.getProperty("tallyman.home")), directory));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
