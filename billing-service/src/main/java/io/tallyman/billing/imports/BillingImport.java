package io.tallyman.billing.imports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.WrittenSheet;
import io.tallyman.billing.staging.StagedBillings;
import io.tallyman.billing.staging.StagedBillings.Applied;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.task.Task;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.upload.Uploads;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The task type for imports. Attempts stage the rows of a CSV file; the completion turns them into
 * billings.
 */
@Singleton
final class BillingImport implements TaskType<BillingImport.Parameters> {
  static final String NAME = "billing.import";

  private static final String BEFORE = "before";

  private final StagedBillings staged;
  private final Uploads uploads;

  BillingImport(StagedBillings staged, Uploads uploads) {
    this.staged = staged;
    this.uploads = uploads;
  }

  @Serdeable
  enum OnError {
    @JsonProperty("skip")
    SKIP,
    @JsonProperty("abort")
    ABORT
  }

  @Serdeable
  enum Mode {
    @JsonProperty("commit")
    COMMIT,
    @JsonProperty("validate")
    VALIDATE
  }

  /**
   * The parameters, as {@link ImportQuery} describes them.
   *
   * @param columns our column names to the file's; null if the file uses our names
   * @param bytes the size of the stored upload
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(
      @Nullable Map<String, String> columns,
      @Nullable String currency,
      String delimiter,
      String charset,
      String dateFormat,
      String decimal,
      OnError onError,
      Mode mode,
      long bytes)
      implements TaskParameters {

    Parameters of(long size) {
      return new Parameters(
          columns, currency, delimiter, charset, dateFormat, decimal, onError, mode, size);
    }
  }

  /**
   * What an attempt adds to its sheet of refused rows.
   *
   * @param rows the number of data rows that were read, both good and refused
   * @param refused the number of refused rows among them
   */
  @Serdeable
  record Counts(long rows, long refused) {}

  /**
   * @param rows the number of data rows in the file
   * @param imported the number of rows that became billings
   * @param refused the number of rows that cannot become billings
   * @param refusedListed the number of refused rows that the sheet of refused rows lists
   * @param duplicates the number of rows whose billing existed before
   * @param vendorsCreated the number of new vendors
   * @param errorSheetId the id of the sheet of refused rows; null if no row was refused
   * @param warnings facts that the client should know although the import succeeded
   */
  @Serdeable
  record Result(
      long rows,
      long imported,
      long refused,
      long refusedListed,
      long duplicates,
      long vendorsCreated,
      @Nullable UUID errorSheetId,
      List<Warning> warnings) {}

  /**
   * @param code stable, for programs
   * @param message for people
   */
  @Serdeable
  record Warning(String code, String message) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Imports billings from a CSV file. Submit it with POST /imports; the query parameters"
        + " say how to read the file.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public boolean submittable() {
    return false;
  }

  @Override
  public boolean readsUpload() {
    return true;
  }

  /**
   * Whether a task is an import that succeeded in mode {@code commit}, so that it can be undone.
   */
  boolean hasStored(Task task) {
    JsonNode mode = task.parameters().get("mode");
    return task.task().equals(NAME)
        && task.status() == TaskStatus.SUCCESS
        && (mode == null || mode.getStringValue().equals("commit"));
  }

  @Override
  public void prepareRetry(UUID ended, UUID retry) throws IOException {
    uploads.keepAlso(ended, retry);
  }

  @Override
  public boolean completesAlone() {
    return true;
  }

  @Override
  public TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    Counts counts = completion.result(Counts.class, json);
    Parameters parameters = json.readValueFromTree(completion.parameters(), Parameters.class);
    boolean aborted = parameters.onError() == OnError.ABORT && counts.refused() > 0;
    Applied applied =
        aborted ? Applied.NOTHING : apply(transaction, completion, counts, parameters.mode());
    WrittenSheet sheet = completion.sheet();
    long listed = sheet == null ? 0 : sheet.rows();
    JsonNode result =
        json.writeValueToTree(
            new Result(
                counts.rows(),
                applied.imported(),
                counts.refused(),
                listed,
                applied.duplicates(),
                applied.vendorsCreated(),
                completion.sheetId(),
                warnings(counts.refused(), listed)));
    return aborted
        ? new TaskResult.Failed(result, refused(counts))
        : new TaskResult.Succeeded(result);
  }

  /**
   * Applies the rows. In mode {@code validate} it then rolls that back and keeps only the counts.
   */
  private Applied apply(Handle transaction, Completion completion, Counts counts, Mode mode) {
    transaction.savepoint(BEFORE);
    Applied applied =
        staged.apply(
            transaction,
            completion.taskId(),
            completion.attempt(),
            counts.rows() - counts.refused());
    if (mode == Mode.VALIDATE) {
      transaction.rollbackToSavepoint(BEFORE);
    }
    return applied;
  }

  private static List<Warning> warnings(long refused, long listed) {
    if (listed >= refused) {
      return List.of();
    }
    String message =
        "The sheet of refused rows lists the first %d of %d refused rows. Correct these and import"
            + " the file again: the new sheet then lists the next ones.";
    return List.of(new Warning("refused-rows-not-all-listed", message.formatted(listed, refused)));
  }

  private static TaskError refused(Counts counts) {
    return TaskError.lasting(
        "rows-refused",
        "Rows were refused",
        "%d of %d rows were refused, so nothing was imported. The error sheet gives the reasons."
            .formatted(counts.refused(), counts.rows()));
  }
}
