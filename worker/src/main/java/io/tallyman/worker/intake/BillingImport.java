package io.tallyman.worker.intake;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.work.BillingServiceStreams;
import io.tallyman.worker.work.Outcome.Counts;
import io.tallyman.worker.work.Outcome.Done;
import io.tallyman.worker.work.PassingFailure;
import io.tallyman.worker.work.Pipeline;
import io.tallyman.worker.work.Pipeline.Sink;
import io.tallyman.worker.work.Progress;
import io.tallyman.worker.work.TaskType;
import io.tallyman.worker.work.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads an upload row by row. It stages the good rows at billing-service, which applies them all at
 * once when the attempt is done. It writes the refused rows to a sheet. If billing-service refuses
 * some of the staged rows, the upload is read again, and a new sheet lists all refused rows in
 * order.
 */
@Singleton
final class BillingImport implements TaskType<ImportParameters> {
  private final BillingServiceStreams billingService;
  private final RefusedRowsConfiguration refusedRows;
  private final JsonMapper json;

  BillingImport(
      BillingServiceStreams billingService, RefusedRowsConfiguration refusedRows, JsonMapper json) {
    this.billingService = billingService;
    this.refusedRows = refusedRows;
    this.json = json;
  }

  /**
   * @param rows how many rows billing-service received
   * @param refused how many of them billing-service refuses
   */
  @Serdeable
  record Staged(long rows, long refused) {}

  @Override
  public String name() {
    return "billing.import";
  }

  @Override
  public Class<ImportParameters> parameters() {
    return ImportParameters.class;
  }

  @Override
  public Done run(ImportParameters parameters, Work work) throws IOException, InterruptedException {
    long size = Files.size(work.upload());
    work.report(progress("reading", 0, size));
    long late;
    try (Upload upload =
        Upload.open(work.upload(), read -> work.report(progress("reading", read, size)))) {
      Reading reading = Reading.begin(upload, parameters);
      try (RefusedRows refused = new RefusedRows(work, reading.layout().header(), refusedRows)) {
        late = stage(reading, refused, work).refused();
        if (late == 0) {
          return done(reading, refused, work);
        }
      }
    }
    work.report(progress("reporting", size, size));
    return report(parameters, late, work);
  }

  private Staged stage(Reading reading, RefusedRows refused, Work work)
      throws IOException, InterruptedException {
    long limit = Expansion.limit(Files.size(work.upload()));
    try (Pipeline<byte[]> good = Pipeline.start(sink -> sort(reading, refused, sink, limit))) {
      String answer = billingService.write(staging(work, ""), good);
      Staged staged = Objects.requireNonNull(json.readValue(answer, Staged.class));
      long sent = reading.rows() - refused.count();
      if (staged.rows() != sent) {
        throw interrupted(staged.rows(), sent);
      }
      return staged;
    }
  }

  private static void sort(Reading reading, RefusedRows refused, Sink<byte[]> sink, long limit)
      throws IOException, InterruptedException {
    StagedRows staged = new StagedRows(sink, limit);
    reading.read(
        row -> {
          switch (row) {
            case Row.Good good -> staged.add(good);
            case Row.Refused bad -> refused.add(bad);
          }
        });
    staged.flush();
  }

  /** Reads the upload again and writes the sheet of all refused rows, in the order of the file. */
  private Done report(ImportParameters parameters, long late, Work work)
      throws IOException, InterruptedException {
    try (Upload upload = Upload.open(work.upload(), _ -> {})) {
      Reading reading = Reading.begin(upload, parameters);
      URI path = staging(work, "/refusals");
      try (LateRefusals refusals =
              new LateRefusals(billingService.read(path).body(), reading.layout(), late);
          RefusedRows refused = new RefusedRows(work, reading.layout().header(), refusedRows)) {
        reading.read(
            row -> {
              Row.Refused bad =
                  switch (row) {
                    case Row.Good good -> refusals.of(good);
                    case Row.Refused already -> already;
                  };
              if (bad != null) {
                refused.add(bad);
              }
            });
        refusals.requireAllTaken();
        return done(reading, refused, work);
      }
    }
  }

  private static Done done(Reading reading, RefusedRows refused, Work work) throws IOException {
    Counts counts = new Counts(reading.rows(), refused.count());
    Instant uploadedAt = Files.getLastModifiedTime(work.upload()).toInstant();
    return new Done(refused.finish("refused-" + work.taskId() + ".csv", uploadedAt), counts);
  }

  private static URI staging(Work work, String below) {
    return URI.create(
        "/internal/tasks/" + work.taskId() + "/attempts/" + work.attempt() + "/staging" + below);
  }

  private static Progress progress(String phase, long read, long size) {
    return new Progress(phase, "bytes", read, size);
  }

  private static PassingFailure interrupted(long staged, long sent) {
    return new PassingFailure(
        "staging-interrupted",
        "The rows did not all arrive",
        "billing-service received " + staged + " of " + sent + " rows.");
  }
}
