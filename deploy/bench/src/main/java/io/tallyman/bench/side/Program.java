package io.tallyman.bench.side;

import io.tallyman.embedded.process.LogTail;
import io.tallyman.embedded.process.StartFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running program of a system, and the processes that it started.
 *
 * @param name the name of the part
 */
record Program(String name, Process process, Path log) {
  private static final Duration STOP_TIME = Duration.ofSeconds(30);
  private static final Duration START_TIME = Duration.ofMinutes(10);

  @FunctionalInterface
  interface Check {
    boolean holds() throws InterruptedException;
  }

  /** Starts a program that is not a service of Tallyman. */
  static Program start(
      String name, Path folder, Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new Program(name, builder.start(), log);
    } catch (IOException e) {
      throw new StartFailure(name + " cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * @throws StartFailure with the end of the log, if the program ends or is not ready after ten
   *     minutes
   */
  void awaitReady(Check ready) {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    try {
      while (!ready.holds()) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new StartFailure(LogTail.explaining(name + " did not start.", log));
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start was interrupted.", e);
    }
  }

  /** Asks the program to end, and kills it and its child processes if they do not. */
  void stop() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
