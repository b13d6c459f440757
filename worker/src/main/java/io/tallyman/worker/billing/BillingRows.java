package io.tallyman.worker.billing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.tallyman.worker.stream.Pipeline;
import io.tallyman.worker.stream.Pipeline.Sink;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet as billing-service streams them, in the order of the sheet and of one moment
 * in the database. A header gives the number of rows, so that a truncated stream is always noticed.
 */
final class BillingRows implements Closeable {
  private static final int ROWS_AT_ONCE = 500;

  /** So many rows are parsed and written in a few milliseconds. */
  private static final int FEW_ROWS = 2_000;

  private final HttpResponse<InputStream> response;

  BillingRows(HttpResponse<InputStream> response) {
    this.response = response;
  }

  long count() {
    return response.headers().firstValueAsLong("X-Row-Count").orElseThrow();
  }

  Instant snapshotAt() {
    return Instant.parse(response.headers().firstValue("X-Snapshot-At").orElseThrow());
  }

  /** A step between reading and writing. */
  interface Step {
    List<String[]> apply(List<String[]> rows);
  }

  /** Passes all rows on, unchanged; see {@link #passTo(Step, Sink, Work)}. */
  void passTo(Sink<List<String[]>> sink, Work work) throws IOException, InterruptedException {
    passTo(null, sink, work);
  }

  /**
   * Reads all rows and passes them on in batches of 500. Call it once. A few rows are read and
   * passed on by this thread. Of more rows, reading, the step and the sink each have a thread of
   * their own, so that each goes on while the others wait. Throws a {@link TransientFailure} if the
   * stream breaks or has another number of rows than announced.
   */
  void passTo(@Nullable Step step, Sink<List<String[]>> sink, Work work)
      throws IOException, InterruptedException {
    if (count() <= FEW_ROWS) {
      read(step == null ? sink : rows -> sink.put(step.apply(rows)));
    } else {
      var _ = work.runLong(() -> passMany(step, sink));
    }
  }

  private long passMany(@Nullable Step step, Sink<List<String[]>> sink)
      throws InterruptedException {
    try (Pipeline<List<String[]>> read = Pipeline.start(this::read)) {
      if (step == null) {
        drain(read, sink);
      } else {
        try (Pipeline<List<String[]>> stepped =
            Pipeline.start(next -> drain(read, rows -> next.put(step.apply(rows))))) {
          drain(stepped, sink);
        }
      }
    }
    return count();
  }

  private static void drain(Iterable<List<String[]>> rows, Sink<List<String[]>> sink)
      throws InterruptedException {
    for (List<String[]> some : rows) {
      sink.put(some);
    }
  }

  private void read(Sink<List<String[]>> sink) throws InterruptedException {
    long read = 0;
    try (CsvReader<String[]> csv = open()) {
      List<String[]> rows = new ArrayList<>(ROWS_AT_ONCE);
      for (String[] row : csv) {
        rows.add(row);
        read++;
        if (rows.size() == ROWS_AT_ONCE) {
          sink.put(rows);
          rows = new ArrayList<>(ROWS_AT_ONCE);
        }
      }
      sink.put(rows);
    } catch (IOException | UncheckedIOException | CsvParseException failure) {
      throw interrupted(read, failure);
    }
    if (read != count()) {
      throw interrupted(read, null);
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }

  private CsvReader<String[]> open() {
    return CsvReader.builder()
        .build(StringArrayHandler.of(), response.body(), StandardCharsets.UTF_8);
  }

  private TransientFailure interrupted(long read, @Nullable Exception cause) {
    return new TransientFailure(
        "rows-interrupted",
        "The stream of rows was interrupted",
        "billing-service stopped sending after " + read + " of " + count() + " rows.",
        cause);
  }
}
