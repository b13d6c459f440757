package io.tallyman.embedded;

import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.LogTail;
import io.tallyman.embedded.process.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The PostgreSQL server process of one data directory. */
public final class PostgresServer {
  private static final String VERSION = "18";
  private static final String SETTINGS =
      "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC -c"
          + " log_timezone=UTC";

  /** Whether committed data survives a crash of the machine. Tests are faster without that. */
  enum Durability {
    // A big import writes every index in random order. With the default sizes of log and cache it
    // would spend most of its time on writing the same pages again and again.
    KEEPS(
        "--sync-method=fsync", "-c shared_buffers=256MB -c max_wal_size=4GB -c wal_compression=on"),
    // Several services are tested at a time, each with its own connection pools.
    FORGETS(
        "--no-sync",
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400");

    private final String initialization;
    private final String settings;

    Durability(String initialization, String settings) {
      this.initialization = initialization;
      this.settings = settings;
    }
  }

  private final PostgresBinaries binaries;
  private final Path data;
  private final Path log;
  private final int port;
  private final Durability durability;

  PostgresServer(Path directory, Path log, int port, Durability durability) {
    this.binaries = PostgresBinaries.unpacked(directory.resolve("programs"));
    this.data = dataIn(directory);
    this.log = log;
    this.port = port;
    this.durability = durability;
  }

  int port() {
    return port;
  }

  /** Creates the data directory if it is missing. The directory is complete or absent. */
  void initialize(String superuser, Path passwordFile) {
    if (Files.exists(data)) {
      requireOurVersion();
      return;
    }
    Path unfinished = data.resolveSibling("data.new");
    Directories.delete(unfinished);
    binaries.run(
        "initdb",
        List.of(
            "--pgdata=" + unfinished,
            "--username=" + superuser,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            // Each connection costs its client as many hashes. More of them protect a password that
            // can be guessed; these are random.
            "--set=scram_iterations=1",
            "--encoding=UTF8",
            // The same on every machine, even if the machine has other locales.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            durability.initialization));
    try {
      Files.move(unfinished, data);
    } catch (IOException e) {
      throw new UncheckedIOException(data + " cannot be created: " + e, e);
    }
  }

  /** Returns when the server accepts connections. */
  void start() {
    stopLeftover();
    List<String> command =
        List.of(
            "--pgdata=" + data,
            "--log=" + log,
            "--wait",
            "--timeout=120",
            "--silent",
            "--options=-p %d %s %s".formatted(port, SETTINGS, durability.settings),
            "start");
    for (int attemptsLeft = 10; ; attemptsLeft--) {
      try {
        binaries.run("pg_ctl", command);
        return;
      } catch (StartFailure e) {
        String tail = LogTail.of(log);
        // pg_ctl has one exit code for all reasons; only the log names this one.
        // EmbeddedDatabaseTest kills a server and starts it again, which fails if the text changes.
        if (attemptsLeft == 0 || !tail.contains("pre-existing shared memory block")) {
          throw new StartFailure("PostgreSQL did not start: " + e.getMessage() + "\n" + tail, e);
        }
        awaitOrphans();
      }
    }
  }

  /** Does nothing if the server does not run. */
  void stop() {
    if (running().isPresent()) {
      binaries.run(
          "pg_ctl",
          List.of("--pgdata=" + data, "--mode=fast", "--wait", "--timeout=60", "--silent", "stop"));
    }
  }

  ProcessHandle process() {
    return running().orElseThrow(() -> new IllegalStateException("PostgreSQL does not run."));
  }

  private void stopLeftover() {
    stop();
    // PostgreSQL removes the record of a dead server, but not if another process has its process id
    // now.
    if (recorded(data).isPresent()) {
      try {
        Files.delete(data.resolve("postmaster.pid"));
      } catch (IOException e) {
        throw new UncheckedIOException("The record of a dead server cannot be deleted: " + e, e);
      }
    }
  }

  private Optional<ProcessHandle> running() {
    return running(data);
  }

  /** The server that runs on a directory, no matter which process started it. */
  public static Optional<ProcessHandle> runningOn(Path directory) {
    return running(dataIn(directory));
  }

  private static Path dataIn(Path directory) {
    return directory.toAbsolutePath().resolve("data");
  }

  private static Optional<ProcessHandle> running(Path data) {
    return recorded(data)
        .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
  }

  private static Optional<ProcessHandle> recorded(Path data) {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines.findFirst().flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The record of the server cannot be read: " + e, e);
    }
  }

  // The child processes of a killed server notice its death and end.
  private static void awaitOrphans() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start of PostgreSQL was interrupted.", e);
    }
  }

  private void requireOurVersion() {
    try {
      String version = Files.readString(data.resolve("PG_VERSION")).strip();
      if (!version.equals(VERSION)) {
        throw new StartFailure(
            "%s was made by PostgreSQL %s, but this is PostgreSQL %s. Run ./tallyman reset, or use another directory."
                .formatted(data, version, VERSION));
      }
    } catch (IOException e) {
      throw new StartFailure(data + " is not a data directory of PostgreSQL: " + e, e);
    }
  }
}
