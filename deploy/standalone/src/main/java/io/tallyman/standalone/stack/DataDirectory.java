package io.tallyman.standalone.stack;

import io.tallyman.standalone.embedded.KeptPassword;
import io.tallyman.standalone.embedded.PostgresServer;
import io.tallyman.standalone.process.Directories;
import io.tallyman.standalone.process.ProcessRecord;
import io.tallyman.standalone.process.RunningProcesses;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory in which one stack keeps everything that stays between runs. */
public record DataDirectory(Path root) {
  private static final Duration END_TIME = Duration.ofSeconds(2);
  private static final String MARKER = "made-by-tallyman";
  private static final String DEMO = "demo";
  private static final String LAUNCHER = "launcher";
  private static final List<String> CONTENT =
      List.of(
          "aot",
          "logs",
          "passwords",
          "postgres",
          "run",
          "samples",
          "sheets",
          "store",
          LAUNCHER,
          "lock",
          MARKER);

  Path postgres() {
    return root.resolve("postgres");
  }

  private Path passwords() {
    return root.resolve("passwords");
  }

  /** Of the database and the role with this name; made on the first call. */
  String password(String name) {
    return KeptPassword.in(passwords().resolve(name));
  }

  /** Seals the profiles of user-service; made on the first call. */
  String profilesKey() {
    return KeptPassword.keyIn(passwords().resolve("profiles-key"));
  }

  public Path logs() {
    return root.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** The log of a program that starts now; what it logged in the run before is kept beside it. */
  Path newLog(String name) {
    try {
      if (Files.exists(log(name))) {
        Files.move(
            log(name), logs().resolve(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      return log(name);
    } catch (IOException e) {
      throw new UsageError("The log " + log(name) + " cannot be replaced: " + e, e);
    }
  }

  private Path run() {
    return root.resolve("run");
  }

  /** What the launcher started. */
  public RunningProcesses processes() {
    return new RunningProcesses(run());
  }

  /** The launcher that has claimed the directory, while it runs; its port is the broker's. */
  public Optional<ProcessRecord> launcher() {
    return ProcessRecord.read(root.resolve(LAUNCHER))
        .filter(record -> record.process().isPresent());
  }

  /** Records this process as the launcher. */
  void recordLauncher(int brokerPort) {
    ProcessRecord.of(LAUNCHER, ProcessHandle.current(), brokerPort).writeTo(root);
  }

  void forgetLauncher() {
    Directories.delete(root.resolve(LAUNCHER));
  }

  /**
   * Stops what a killed launcher left running.
   *
   * @return the names of the processes
   * @throws UsageError in one line, when a launcher runs
   */
  public List<String> stopLeftovers() {
    if (!isOurs()) {
      return List.of();
    }
    try {
      FileChannel claim = lockAfterEnd();
      try {
        List<String> stopped = stopProcesses();
        forgetLauncher();
        return stopped;
      } finally {
        claim.close();
      }
    } catch (IOException e) {
      throw new UsageError("The data directory " + root + " cannot be written: " + e, e);
    }
  }

  /** As {@link #stopLeftovers}, for whoever has claimed the directory. */
  List<String> stopProcesses() {
    // A launcher that is killed while PostgreSQL starts has not recorded it.
    PostgresServer.runningOn(postgres())
        .ifPresent(process -> processes().record("postgres", process, 0));
    return processes().stop();
  }

  Path store() {
    return root.resolve("store");
  }

  public Path samples() {
    return root.resolve("samples");
  }

  public Path sheets() {
    return root.resolve("sheets");
  }

  /** Where the demonstration keeps its data, unless it is told another directory. */
  public DataDirectory demo() {
    return new DataDirectory(root.resolve(DEMO));
  }

  /**
   * Makes what is missing and takes the directory for this process alone, until the result is
   * closed or the process ends.
   *
   * @throws UsageError in one line, when the directory is somebody else's, in use, or not writable
   */
  FileChannel claim() {
    try {
      if (Files.exists(root) && !isOurs() && holdsAnythingBut(DEMO)) {
        throw new UsageError(
            root + " holds files that are not Tallyman's: name another directory with --data.");
      }
      Files.createDirectories(root);
      FileChannel claim = lock();
      Files.writeString(root.resolve(MARKER), "./tallyman keeps its data here.\n");
      for (Path path : List.of(passwords(), logs(), run(), store(), samples(), sheets())) {
        Files.createDirectories(path);
      }
      return claim;
    } catch (IOException e) {
      throw new UsageError("The data directory " + root + " cannot be written: " + e, e);
    }
  }

  /**
   * Deletes what stacks made here, the demonstration's too; files of others stay.
   *
   * @throws UsageError in one line, when a stack runs here or the directory was never ours
   */
  public void reset() {
    if (!Files.exists(root)) {
      return;
    }
    try {
      if (Files.exists(demo().root)) {
        demo().reset();
      }
      deleteOurs();
    } catch (IOException e) {
      throw new UsageError("The data directory " + root + " cannot be deleted: " + e, e);
    }
  }

  private void deleteOurs() throws IOException {
    if (holdsAnythingBut(DEMO) && !isOurs()) {
      throw new UsageError(root + " was not made by Tallyman: nothing is deleted there.");
    }
    FileChannel claim = lock();
    try {
      stopProcesses();
      for (String name : CONTENT) {
        Directories.delete(root.resolve(name));
      }
    } finally {
      claim.close();
    }
    if (isEmpty()) {
      Files.delete(root);
    }
  }

  private boolean isOurs() {
    return Files.exists(root.resolve(MARKER));
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> content = Files.list(root)) {
      return content.findAny().isEmpty();
    }
  }

  private boolean holdsAnythingBut(String name) throws IOException {
    try (Stream<Path> content = Files.list(root)) {
      return content.anyMatch(path -> !path.endsWith(name));
    }
  }

  // A process that is killed releases its lock a moment after it is gone for everybody else.
  private FileChannel lockAfterEnd() throws IOException {
    Instant deadline = Instant.now().plus(END_TIME);
    while (true) {
      try {
        return lock();
      } catch (UsageError e) {
        if (launcher().isPresent() || Instant.now().isAfter(deadline)) {
          throw e;
        }
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UsageError("The wait for " + root + " was interrupted.", e);
      }
    }
  }

  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new UsageError(
          "Tallyman already runs on %s%s. ./tallyman down --data %s stops it."
              .formatted(root, launcher().map(DataDirectory::sinceWhen).orElse(""), root));
    }
    return channel;
  }

  private static String sinceWhen(ProcessRecord launcher) {
    return ", since %s, as process %d"
        .formatted(launcher.started().truncatedTo(ChronoUnit.SECONDS), launcher.pid());
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // By a stack of this very process.
    }
  }
}
