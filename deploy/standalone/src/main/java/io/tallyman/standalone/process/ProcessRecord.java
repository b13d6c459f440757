package io.tallyman.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that describes one process of a stack, for other programs on this machine.
 *
 * @param name the name of the process and of the file, such as {@code worker-1}
 * @param started the start time of the process
 * @param port the port on which it listens; 0 if it does not listen
 */
public record ProcessRecord(String name, long pid, Instant started, int port) {
  // The system computes a start time from the boot time, which changes when the clock is corrected.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  public static ProcessRecord of(String name, ProcessHandle process, int port) {
    Instant started = process.info().startInstant().orElse(Instant.EPOCH);
    return new ProcessRecord(name, process.pid(), started, port);
  }

  /** Empty if there is no such file, or if its writer was killed while it wrote. */
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

  /** The process, if it runs. Ignores another process that got the same process id later. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(this::isSame).filter(ProcessRecord::hasNotEnded);
  }

  /** Waits until the process has ended. Returns false if it still runs when the time is over. */
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

  // An ended process stays in the process list as a zombie until its parent reads its exit status.
  // Some parents never do. A zombie has no command line.
  private static boolean hasNotEnded(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }
}
