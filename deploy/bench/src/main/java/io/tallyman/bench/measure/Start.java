package io.tallyman.bench.measure;

import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Peer;
import io.tallyman.bench.side.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The memory of all processes of a system after work, and its start until a first sheet is done.
 */
final class Start {
  private static final int CLIENTS = 32;
  private static final Row MEMORY =
      new Row("memory of all processes after work", "MiB", Peer.NAME, "");
  private static final Row START =
      new Row("start of all processes until a first sheet is done", "s", Peer.NAME, "");

  private Start() {}

  static void measure(Run run) {
    Burst burst = new Burst(run.billings(), Billings.SMALL, run.scale().tasks(), CLIENTS);
    run.alternate(
        "Memory and start",
        side -> {
          burst.on(side, run.processes(side));
          double memory = mebibytes(side.processes());
          if (memory > 0) {
            run.results().add(MEMORY, side.name(), memory);
          }
          side.close();
          long started = System.nanoTime();
          side.launch();
          firstSheet(side);
          run.results().add(START, side.name(), (System.nanoTime() - started) / 1e9);
        });
  }

  private static void firstSheet(Side side) {
    try (HttpConnection connection = new HttpConnection(side.address())) {
      side.await(connection, side.submit(connection, Billings.SMALL.day(0)), Duration.ofMillis(2));
    }
  }

  /** Memory that several processes share counts once. 0 where Linux does not tell. */
  private static double mebibytes(Map<String, ProcessHandle> parts) {
    return parts.values().stream()
            .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
            .mapToLong(Start::kibibytes)
            .sum()
        / 1024.0;
  }

  private static long kibibytes(ProcessHandle process) {
    Path memory = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    try {
      return Files.readAllLines(memory).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
