package io.tallyman.worker.intake;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.intake.csv.CsvFormat;
import io.tallyman.worker.intake.csv.ExpansionLimit;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.intake.detect.Detection;
import io.tallyman.worker.intake.detect.Detector;
import io.tallyman.worker.intake.detect.Question;
import io.tallyman.worker.intake.row.RefusedSheet;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.intake.row.UploadReader;
import io.tallyman.worker.sheet.SheetFormat;
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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
   * Instead of {@link ReadRows.Counts}, if options that are not given cannot be found in the file.
   *
   * @param query the options that were found
   */
  @Serdeable
  record Needed(List<Question> questions, String query) {}

  @Override
  public String name() {
    return "billing.import";
  }

  @Override
  public Class<ImportParameters> parameters() {
    return ImportParameters.class;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Done run(ImportParameters parameters, Work work) throws IOException, InterruptedException {
    if (!parameters.areDetected()) {
      return run(parameters, null, work);
    }
    long size = work.upload().bytes();
    Detector.Found found =
        Detector.detect(
            work::openUpload,
            parameters,
            read -> work.report(progress("detecting", Math.min(read, size), size)));
    Detection detection = found.detection();
    LOG.debug("{}: found the options {}", work, detection.query());
    if (!detection.questions().isEmpty()) {
      return new Done(
          null, json.writeValueToTree(new Needed(detection.questions(), detection.query())));
    }
    return run(found.parameters(), detection.query(), work);
  }

  private Done run(ImportParameters parameters, @Nullable String query, Work work)
      throws IOException, InterruptedException {
    long size = work.upload().bytes();
    work.report(progress("reading", 0, size));
    long late;
    try (Upload upload =
        Upload.of(work.openUpload(), read -> work.report(progress("reading", read, size)))) {
      UploadReader reader = begin(upload, parameters, work);
      try (ReadRows rows = readRows(reader, parameters, work)) {
        late = stage(reader, rows, work).refused();
        if (late == 0) {
          return done(rows, query, work);
        }
      }
    }
    return report(parameters, query, late, size, work);
  }

  private static UploadReader begin(Upload upload, ImportParameters parameters, Work work)
      throws IOException {
    if (parameters.corrects() == null) {
      return UploadReader.begin(upload, parameters);
    }
    CsvFormat first = CsvFormat.of(parameters);
    try (Upload sheet = Upload.of(work.openUpload(), _ -> {})) {
      CsvFormat format = RefusedSheet.format(sheet, first.charset());
      return UploadReader.beginCorrection(upload, format, parameters);
    }
  }

  private ReadRows readRows(UploadReader reader, ImportParameters parameters, Work work)
      throws IOException {
    return new ReadRows(reader, work, SheetFormat.orRaw(parameters.format()), refusedRows);
  }

  private Staged stage(UploadReader reader, ReadRows rows, Work work)
      throws IOException, InterruptedException {
    long limit = ExpansionLimit.bytes(work.upload().bytes());
    try (Pipeline<byte[]> good = Pipeline.start(sink -> sort(reader, rows, sink, limit))) {
      String answer = billingService.write(staging(work, ""), good);
      Staged staged = Objects.requireNonNull(json.readValue(answer, Staged.class));
      long sent = rows.good();
      if (staged.rows() != sent) {
        throw interrupted(staged.rows(), sent);
      }
      return staged;
    }
  }

  private static void sort(UploadReader reader, ReadRows rows, Sink<byte[]> sink, long limit)
      throws IOException, InterruptedException {
    StagedRows staged = new StagedRows(sink, limit);
    reader.read(
        row -> {
          if (row instanceof Row.Good good) {
            staged.add(good);
          }
          rows.add(row);
        });
    staged.flush();
  }

  /**
   * Reads the upload again and writes the sheet of all refused rows, in the order of the file. The
   * progress goes on from the first reading, so its total is twice the size.
   */
  private Done report(
      ImportParameters parameters, @Nullable String query, long refused, long size, Work work)
      throws IOException, InterruptedException {
    work.report(progress("reporting", size, 2 * size));
    try (Upload upload =
        Upload.of(
            work.openUpload(), read -> work.report(progress("reporting", size + read, 2 * size)))) {
      UploadReader reader = begin(upload, parameters, work);
      URI path = staging(work, "/refusals");
      try (StagingRefusals refusals =
              new StagingRefusals(billingService.read(path).body(), reader.layout(), refused);
          ReadRows rows = readRows(reader, parameters, work)) {
        reader.read(
            row -> {
              Row.Refused late = row instanceof Row.Good good ? refusals.of(good) : null;
              rows.add(late == null ? row : late);
            });
        refusals.requireAllTaken();
        return done(rows, query, work);
      }
    }
  }

  private Done done(ReadRows rows, @Nullable String query, Work work) throws IOException {
    ReadRows.Counts counts = rows.counts(query);
    Instant uploadedAt = work.upload().storedAt();
    WrittenSheet sheet = rows.finish("refused-" + work.taskId() + ".csv", uploadedAt);
    LOG.debug("{}: read {} rows, of which {} are refused", work, counts.rows(), counts.refused());
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
