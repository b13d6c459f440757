package io.tallyman.bench.measure;

import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.report.Row;
import io.tallyman.bench.side.Tallyman;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;

/** The import of new rows for known vendors. The peer has no import. */
final class Import {
  private static final String COPY = "COPY into such a table";
  private static final LocalDate FIRST = LocalDate.of(2040, 1, 1);
  // The database has all these rows afterwards, so few rounds are enough.
  private static final int MOST_ROUNDS = 3;

  private Import() {}

  static void measure(Run run) {
    int rows = run.scale().bigRows();
    Row row = new Row("import of %,d new rows".formatted(rows), "s", COPY, "≤ 1.5");
    int rounds = Math.min(run.scale().rounds(), MOST_ROUNDS);
    for (int round = 0; round < rounds; round++) {
      run.progress().accept("Import, round %d of %d".formatted(round + 1, rounds));
      LocalDate day = FIRST.plusDays(round);
      run.results().add(row, Tallyman.NAME, seconds(run, day, rows));
      run.results().add(row, COPY, Tables.copyIn(run.backing(), day, rows));
    }
  }

  private static double seconds(Run run, LocalDate day, int rows) {
    Tallyman tallyman = run.tallyman();
    Path file = tallyman.store().resolve("upload.csv");
    write(file, day, rows);
    try (HttpConnection connection = new HttpConnection(tallyman.address())) {
      long started = System.nanoTime();
      String task = tallyman.upload(file);
      tallyman.await(connection, task, Duration.ZERO);
      double seconds = (System.nanoTime() - started) / 1e9;
      long imported = tallyman.imported(connection, task);
      if (imported != rows) {
        throw new IllegalStateException("%d rows were imported, not %d.".formatted(imported, rows));
      }
      Files.delete(file);
      return seconds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, LocalDate day, int rows) {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream buffered = new BufferedOutputStream(out)) {
      for (byte[] line : (Iterable<byte[]>) Billings.sheet(day, rows)::iterator) {
        buffered.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
