package io.tallyman.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file tells about one process of a stack, for other programs on this machine.
 *
 * @param name of the process and of the file, such as {@code worker-1}
 * @param started when the operating system started it
 * @param port where it listens on this machine; 0 while it does not
 */
public record ProcessRecord(String name, long pid, Instant started, int port) {
  // A start time is computed from the time of the machine's own start, which clocks correct.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  public static ProcessRecord of(String name, ProcessHandle process, int port) {
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    return new ProcessRecord(name, process.pid(), started, port);
  }

  /** Empty when there is no such file, or when its writer was killed while it wrote. */
  public static Optional<ProcessRecord> read(Path file) {
    try {
      String[] parts = Files.readString(file).strip().split(" ", -1);
      return Optional.of(
          new ProcessRecord(
              file.getFileName().toString(),
              Long.parseLong(parts[0]),
              Instant.ofEpochMilli(Long.parseLong(parts[1])),
              Integer.parseInt(parts[2])));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  public void writeTo(Path directory) {
    try {
      Files.writeString(
          directory.resolve(name), "%d %d %d".formatted(pid, started.toEpochMilli(), port));
    } catch (IOException e) {
      throw new UncheckedIOException("The process of " + name + " cannot be recorded: " + e, e);
    }
  }

  /** The process, while it runs; another process that got the same number later is not it. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(this::isSame).filter(ProcessRecord::hasNotEnded);
  }

  /** Waits until the process has ended, and returns whether it has by then. */
  public boolean awaitEnd(Instant deadline) {
    try {
      while (process().isPresent()) {
        if (Instant.now().isAfter(deadline)) {
          return false;
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(other -> Duration.between(started, other).abs().compareTo(TOLERANCE) < 0)
        .orElse(false);
  }

  // An ended process stays in the list of processes until its parent asks how it ended, which some
  // parents never do. It has no command line any more.
  private static boolean hasNotEnded(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }
}
