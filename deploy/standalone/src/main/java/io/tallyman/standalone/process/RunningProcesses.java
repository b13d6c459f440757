package io.tallyman.standalone.process;

import io.tallyman.embedded.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The records of the processes of a stack, one file for each process. {@code ./tallyman status}
 * reads them. With them, the next start and {@code ./tallyman down} find the processes that a
 * killed launcher left running.
 */
public record RunningProcesses(Path directory) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * @param port the port on which it listens
   */
  public void record(String name, ProcessHandle process, int port) {
    ProcessRecord.of(name, process, port).writeTo(directory);
  }

  /** All records, sorted by name. The process of a record may have ended. */
  public List<ProcessRecord> records() {
    return files().stream().flatMap(file -> ProcessRecord.read(file).stream()).toList();
  }

  /**
   * Stops every recorded process that still runs, kills it if it does not end within ten seconds,
   * and deletes all records.
   *
   * @return the names of the processes that ran
   */
  public List<String> stop() {
    List<ProcessRecord> running =
        records().stream().filter(record -> record.process().isPresent()).toList();
    running.forEach(record -> record.process().ifPresent(ProcessHandle::destroy));
    Instant deadline = Instant.now().plus(PATIENCE);
    for (ProcessRecord record : running) {
      if (!record.awaitEnd(deadline)) {
        record.process().ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    files().forEach(Directories::delete);
    return running.stream().map(ProcessRecord::name).toList();
  }

  private List<Path> files() {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The records of processes cannot be read: " + e, e);
    }
  }
}
