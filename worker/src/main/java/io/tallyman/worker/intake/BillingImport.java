package io.tallyman.worker.intake;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.intake.csv.Expansion;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.intake.row.Reading;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.sheet.WrittenSheet;
import io.tallyman.worker.stream.BillingServiceStreams;
import io.tallyman.worker.stream.Pipeline;
import io.tallyman.worker.stream.Pipeline.Sink;
import io.tallyman.worker.task.Outcome.Done;
import io.tallyman.worker.task.Progress;
import io.tallyman.worker.task.TaskType;
import io.tallyman.worker.task.TransientFailure;
import io.tallyman.worker.task.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an upload row by row. It stages the good rows at billing-service, which applies them all at
 * once when the attempt is done. It writes the refused rows to a sheet. If billing-service refuses
 * some of the staged rows, the upload is read again, and a new sheet lists all refused rows in
 * order.
 */
@Singleton
final class BillingImport implements TaskType<ImportParameters> {
  private static final Logger LOG = LoggerFactory.getLogger(BillingImport.class);

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

  /**
   * What an import adds to its sheet of refused rows.
   *
   * @param rows data rows read, good and refused
   * @param refused those that were refused
   */
  @Serdeable
  record Counts(long rows, long refused) {}

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
    long size = work.upload().bytes();
    work.report(progress("reading", 0, size));
    long late;
    try (Upload upload =
        Upload.of(work.openUpload(), read -> work.report(progress("reading", read, size)))) {
      Reading reading = Reading.begin(upload, parameters);
      try (RefusedRows refused = new RefusedRows(work, reading.layout().header(), refusedRows)) {
        late = stage(reading, refused, work).refused();
        if (late == 0) {
          return done(reading, refused, work);
        }
      }
    }
    return report(parameters, late, size, work);
  }

  private Staged stage(Reading reading, RefusedRows refused, Work work)
      throws IOException, InterruptedException {
    long limit = Expansion.limit(work.upload().bytes());
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

  /**
   * Reads the upload again and writes the sheet of all refused rows, in the order of the file. The
   * progress goes on from the first reading, so its total is twice the size.
   */
  private Done report(ImportParameters parameters, long late, long size, Work work)
      throws IOException, InterruptedException {
    work.report(progress("reporting", size, 2 * size));
    try (Upload upload =
        Upload.of(
            work.openUpload(), read -> work.report(progress("reporting", size + read, 2 * size)))) {
      Reading reading = Reading.begin(upload, parameters);
      URI path = staging(work, "/refusals");
      try (StagingRefusals refusals =
              new StagingRefusals(billingService.read(path).body(), reading.layout(), late);
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

  private Done done(Reading reading, RefusedRows refused, Work work) throws IOException {
    Counts counts = new Counts(reading.rows(), refused.count());
    Instant uploadedAt = work.upload().storedAt();
    WrittenSheet sheet = refused.finish("refused-" + work.taskId() + ".csv", uploadedAt);
    LOG.info("{}: read {} rows, of which {} are refused", work, counts.rows(), counts.refused());
    return new Done(sheet, json.writeValueToTree(counts));
  }

  private static URI staging(Work work, String below) {
    return URI.create(
        "/internal/tasks/" + work.taskId() + "/attempts/" + work.attempt() + "/staging" + below);
  }

  private static Progress progress(String phase, long read, long size) {
    return new Progress(phase, "bytes", read, size);
  }

  private static TransientFailure interrupted(long staged, long sent) {
    return new TransientFailure(
        "staging-interrupted",
        "The transfer of rows was interrupted",
        "billing-service received " + staged + " of " + sent + " rows.");
  }
}
