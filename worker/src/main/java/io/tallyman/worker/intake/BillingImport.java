package io.tallyman.worker.intake;

import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.work.BillingServiceStreams;
import io.tallyman.worker.work.Outcome.Counts;
import io.tallyman.worker.work.Outcome.Done;
import io.tallyman.worker.work.PassingFailure;
import io.tallyman.worker.work.Pipeline;
import io.tallyman.worker.work.TaskType;
import io.tallyman.worker.work.Work;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;

/**
 * Reads an upload row by row: the good rows are staged with billing-service, which applies them all
 * at once when the attempt is done; the refused ones become a sheet.
 */
@Singleton
final class BillingImport implements TaskType<ImportParameters> {
  private final BillingServiceStreams billingService;
  private final JsonMapper json;

  BillingImport(BillingServiceStreams billingService, JsonMapper json) {
    this.billingService = billingService;
    this.json = json;
  }

  @Serdeable
  record Staged(long rows) {}

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
    try (Upload upload = Upload.open(work.upload());
        RefusedRows refused = new RefusedRows(work)) {
      Reading reading = new Reading(upload, parameters, refused, work);
      long staged;
      try (Pipeline<byte[]> good = Pipeline.start(reading::read)) {
        staged = stage(work, good);
      }
      Counts counts = reading.counts();
      if (staged != counts.rows() - counts.refused()) {
        throw interrupted(staged, counts);
      }
      Instant uploadedAt = Files.getLastModifiedTime(work.upload()).toInstant();
      return new Done(refused.finish("refused-" + work.taskId() + ".csv", uploadedAt), counts);
    }
  }

  private long stage(Work work, Pipeline<byte[]> good) throws IOException, InterruptedException {
    URI path =
        URI.create("/internal/tasks/" + work.taskId() + "/attempts/" + work.attempt() + "/staging");
    Staged staged = json.readValue(billingService.write(path, good), Staged.class);
    return Objects.requireNonNull(staged).rows();
  }

  private static PassingFailure interrupted(long staged, Counts counts) {
    long good = counts.rows() - counts.refused();
    return new PassingFailure(
        "staging-interrupted",
        "The rows did not all arrive",
        "billing-service took " + staged + " of " + good + " rows.");
  }
}
