package io.tallyman.billing.intake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.task.Completion;
import io.tallyman.billing.task.IncompleteOutcome;
import io.tallyman.billing.task.Outcome.Counts;
import io.tallyman.billing.task.TaskParameters;
import io.tallyman.billing.task.TaskType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads a CSV of billings in. Its attempts stage the rows; its completion applies them. */
@Singleton
final class BillingImport implements TaskType<BillingImport.Parameters> {
  private final StagedBillings staged;

  BillingImport(StagedBillings staged) {
    this.staged = staged;
  }

  /**
   * @param columns our names to the file's; null where the file has ours
   * @param currency of rows that name none
   * @param bytes the size of the stored upload
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(@Nullable Map<String, String> columns, @Nullable String currency, long bytes)
      implements TaskParameters {}

  /**
   * @param rows data rows in the file
   * @param imported those that are billings now
   * @param refused those on the sheet of refused rows
   * @param duplicates those that were billings before
   */
  @Serdeable
  record Result(
      long rows,
      long imported,
      long refused,
      long duplicates,
      long vendorsCreated,
      @Nullable UUID errorSheetId) {}

  @Override
  public String name() {
    return "billing.import";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofHours(4);
  }

  @Override
  public boolean submittable() {
    return false;
  }

  @Override
  public boolean readsUpload() {
    return true;
  }

  @Override
  public JsonNode complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    Counts counts = completion.done().counts();
    if (counts == null) {
      throw new IncompleteOutcome("counts");
    }
    StagedBillings.Applied applied =
        staged.apply(
            transaction,
            completion.taskId(),
            completion.attempt(),
            counts.rows() - counts.refused());
    return json.writeValueToTree(
        new Result(
            counts.rows(),
            applied.imported(),
            counts.refused(),
            applied.duplicates(),
            applied.vendorsCreated(),
            completion.sheetId()));
  }
}
