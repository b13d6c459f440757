package io.tallyman.bench;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.backing.Containers;
import io.tallyman.bench.backing.Embedded;
import io.tallyman.bench.measure.Billings;
import io.tallyman.bench.measure.Run;
import io.tallyman.bench.report.Machine;
import io.tallyman.bench.report.Report;
import io.tallyman.bench.report.Results;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Tallyman;
import io.tallyman.embedded.process.Directories;
import io.tallyman.embedded.process.StartFailure;
import io.tallyman.standalone.stack.UsageError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * The program behind {@code ./tallyman bench}. Exit codes: 0 everything was measured and every
 * sheet was right; 1 something failed; 2 the command is wrong, and nothing was started.
 */
public final class Bench {
  private static final int PROCESSES = Runtime.getRuntime().availableProcessors();

  private final Options options;
  private final Path home;
  private final PrintStream out;

  private Bench(Options options, Path home, PrintStream out) {
    this.options = options;
    this.home = home;
    this.out = out;
  }

  /**
   * @param arguments see {@link Options#helpText}; the system property {@code tallyman.home} is the
   *     root of the built repository
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // The embedded broker prints failures to standard output. It also logs them.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    quietLibraries();
    Path home = Path.of(System.getProperty("tallyman.home", "")).toAbsolutePath();
    try {
      Options options = Options.parse(List.of(arguments));
      if (options.help()) {
        out.print(Options.helpText());
      } else {
        new Bench(options, home, out).run();
      }
      System.exit(0);
    } catch (UsageError e) {
      System.err.println("tallyman: " + e.getMessage());
      System.exit(2);
    } catch (StartFailure | IllegalStateException e) {
      System.err.println("tallyman: " + e.getMessage());
      System.exit(1);
    }
  }

  /** The libraries that start the broker and containers log much. */
  private static void quietLibraries() throws IOException {
    String settings =
        """
        handlers = java.util.logging.ConsoleHandler
        .level = SEVERE
        org.testcontainers.dockerclient.level = OFF
        """;
    LogManager.getLogManager()
        .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
  }

  private void run() throws IOException {
    Path target = Files.createDirectories(home.resolve("target"));
    Path directory = Files.createTempDirectory(target, "bench-");
    try (Backing backing = backing(directory)) {
      out.println("Starting on " + backing.description() + " …");
      run(directory, backing);
    } finally {
      Directories.delete(directory);
    }
  }

  private void run(Path directory, Backing backing) throws IOException {
    Machine machine = Machine.current();
    Results results = new Results();
    try (Tallyman tallyman =
        Tallyman.start(home, directory.resolve("tallyman"), backing, PROCESSES)) {
      Billings billings = new Billings(options.scale().bigRows());
      billings.load(backing);
      Optional<Peer> peer = peer(directory, backing, results);
      try {
        Run run =
            new Run(
                backing,
                tallyman,
                peer,
                billings,
                options.scale(),
                results,
                PROCESSES,
                out::println);
        run.measure(options.measurements());
      } finally {
        peer.ifPresent(Peer::close);
      }
    }
    write(new Report(machine, backing.description(), results));
  }

  private void write(Report report) throws IOException {
    out.printf("%n%s", report.markdown());
    if (options.markdown().isPresent()) {
      Files.writeString(options.markdown().orElseThrow(), report.markdown());
    }
    if (options.json().isPresent()) {
      Files.writeString(options.json().orElseThrow(), report.json());
    }
  }

  private static Backing backing(Path directory) {
    return Containers.arePossible() ? Containers.start() : Embedded.start(directory);
  }

  private Optional<Peer> peer(Path directory, Backing backing, Results results) {
    if (backing instanceof Embedded) {
      results.note("The peer was not measured: there is no Docker engine.");
      return Optional.empty();
    }
    Optional<String> python = Peer.python();
    if (python.isEmpty()) {
      results.note("The peer was not measured: " + Peer.missing() + ".");
      return Optional.empty();
    }
    Peer peer =
        Peer.start(home, directory.resolve("peer"), python.orElseThrow(), backing, PROCESSES);
    Peer.OMISSIONS.forEach(omission -> results.note("The peer has " + omission + "."));
    return Optional.of(peer);
  }
}
