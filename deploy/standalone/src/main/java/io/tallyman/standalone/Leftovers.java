package io.tallyman.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A record of the processes that run for a stack, one file each, so that the next start finds those
 * that outlived a killed launcher.
 */
record Leftovers(Path directory) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // A start time is computed from the time of the machine's own start, which clocks correct.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  void record(String name, ProcessHandle process) {
    long started = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    try {
      Files.writeString(directory.resolve(name), process.pid() + " " + started);
    } catch (IOException e) {
      throw new UncheckedIOException("The process of " + name + " cannot be recorded: " + e, e);
    }
  }

  /**
   * Stops every recorded process that still runs, by force if it does not end within ten seconds,
   * and forgets them all.
   *
   * @return the names of those that ran
   */
  List<String> stop() {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> records = files.sorted().toList();
      List<Path> running = records.stream().filter(file -> running(file).isPresent()).toList();
      stop(running.stream().flatMap(file -> running(file).stream()).toList());
      for (Path file : records) {
        Files.delete(file);
      }
      return running.stream().map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("What was left running cannot be found: " + e, e);
    }
  }

  private static void stop(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private static Optional<ProcessHandle> running(Path file) {
    try {
      String[] parts = Files.readString(file).strip().split(" ", -1);
      Instant started = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      return ProcessHandle.of(Long.parseLong(parts[0])).filter(process -> isSame(process, started));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty(); // The launcher was killed while it wrote.
    }
  }

  private static boolean isSame(ProcessHandle process, Instant started) {
    return process
        .info()
        .startInstant()
        .map(other -> Duration.between(started, other).abs().compareTo(TOLERANCE) < 0)
        .orElse(false);
  }
}
