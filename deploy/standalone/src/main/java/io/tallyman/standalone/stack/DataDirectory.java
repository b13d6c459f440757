package io.tallyman.standalone.stack;

import io.tallyman.embedded.KeptPassword;
import io.tallyman.embedded.PostgresServer;
import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.OwnerOnly;
import io.tallyman.embedded.process.Ports;
import io.tallyman.standalone.process.ProcessRecord;
import io.tallyman.standalone.process.RunningProcesses;
import java.io.IOException;
import java.net.URI;
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

/** The directory in which one stack keeps all data between runs. */
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

  /** The password of the database role with this name; created on the first call. */
  String password(String name) {
    return KeptPassword.in(passwords().resolve(name));
  }

  /** The password of the first admin; created on the first call. */
  public String adminPassword() {
    return KeptPassword.in(adminPasswordFile());
  }

  /** Where {@link #adminPassword} is kept. Only the owner of the file can read it. */
  public Path adminPasswordFile() {
    return passwords().resolve("admin");
  }

  /** The key for the sealed profiles of user-service; created on the first call. */
  String profilesKey() {
    return KeptPassword.keyIn(passwords().resolve("profiles-key"));
  }

  public Path logs() {
    return root.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /**
   * A new, empty log for a program that starts now. The log of the previous run is kept next to it.
   */
  Path newLog(String name) {
    try {
      if (Files.exists(log(name))) {
        Files.move(
            log(name), logs().resolve(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      return OwnerOnly.makeFile(log(name));
    } catch (IOException e) {
      throw new UsageError("The log " + log(name) + " cannot be replaced: " + e, e);
    }
  }

  private Path run() {
    return root.resolve("run");
  }

  /** The processes that the launcher started. */
  public RunningProcesses processes() {
    return new RunningProcesses(run());
  }

  /** The address of the gateway that runs on this directory; empty if none runs. */
  public Optional<URI> runningGateway() {
    return processes().records().stream()
        .filter(record -> record.name().equals(Services.GATEWAY) && record.process().isPresent())
        .findFirst()
        .map(record -> URI.create(Ports.url(record.port())));
  }

  /**
   * The launcher that has claimed the directory, while it runs. Its port is the port of the broker.
   */
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
   * @throws UsageError with a message of one line, if a launcher runs
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

  /** Like {@link #stopLeftovers}, for a launcher that has claimed the directory. */
  List<String> stopProcesses() {
    // If the launcher was killed while PostgreSQL started, there is no record of PostgreSQL.
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

  /** The default data directory of the demonstration. */
  public DataDirectory demo() {
    return new DataDirectory(root.resolve(DEMO));
  }

  /**
   * Creates the directory if it is missing, and locks it for this process, until the result is
   * closed or the process ends.
   *
   * @throws UsageError with a message of one line, if the directory contains other files, is in
   *     use, or cannot be written
   */
  FileChannel claim() {
    try {
      if (Files.exists(root) && !isOurs() && holdsAnythingBut(DEMO)) {
        throw new UsageError(
            root
                + " contains files that do not belong to Tallyman. Choose another directory with"
                + " --data.");
      }
      OwnerOnly.makeDirectories(root);
      FileChannel claim = lock();
      takeAwayFromOthers();
      Files.writeString(root.resolve(MARKER), "./tallyman keeps its data here.\n");
      for (Path path : List.of(passwords(), logs(), run(), store(), samples(), sheets())) {
        OwnerOnly.makeDirectories(path);
      }
      return claim;
    } catch (IOException e) {
      throw new UsageError("The data directory " + root + " cannot be written: " + e, e);
    }
  }

  /**
   * Earlier releases made a directory that every user of the machine could read. The directory
   * itself comes last, so that the next start does again what was interrupted. PostgreSQL sees to
   * its own files.
   */
  private void takeAwayFromOthers() throws IOException {
    if (OwnerOnly.holdsFor(root)) {
      return;
    }
    for (String name : CONTENT) {
      Path path = root.resolve(name);
      if (Files.exists(path)) {
        OwnerOnly.takeAway(path, postgres());
      }
    }
    OwnerOnly.takeAway(root, root);
  }

  /**
   * Deletes the data of stacks and of the demonstration. Other files stay.
   *
   * @throws UsageError with a message of one line, if a stack runs here, or if Tallyman did not
   *     create the directory
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
      throw new UsageError(root + " was not made by Tallyman, so nothing was deleted.");
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

  // The lock of a killed process is released a moment after the process has disappeared.
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
          "Tallyman already runs on %s%s. Run ./tallyman down --data %s to stop it."
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
      return false; // A stack in this process holds the lock.
    }
  }
}
