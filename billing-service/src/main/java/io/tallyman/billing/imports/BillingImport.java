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
import java.util.Set;
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
  private final JsonMapper json;

  BillingImport(StagedBillings staged, Uploads uploads, JsonMapper json) {
    this.staged = staged;
    this.uploads = uploads;
    this.json = json;
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
   * The parameters: those of {@link FileFormat} and {@link ImportQuery}.
   *
   * @param bytes the size of the stored upload
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(
      @Nullable Map<String, String> columns,
      @Nullable String currency,
      @Nullable String delimiter,
      @Nullable String charset,
      @Nullable String dateFormat,
      @Nullable String decimal,
      @Nullable Integer headerLine,
      @Nullable String date,
      @Nullable Integer pivot,
      @Nullable String thousands,
      @Nullable Map<String, String> currencySigns,
      @Nullable Set<String> negative,
      @Nullable String options,
      OnError onError,
      Mode mode,
      long bytes)
      implements TaskParameters {

    static Parameters of(
        FileFormat format, @Nullable String options, OnError onError, Mode mode, long bytes) {
      return new Parameters(
          format.columns(),
          format.currency(),
          format.delimiter(),
          format.charset(),
          format.dateFormat(),
          format.decimal(),
          format.headerLine(),
          format.date(),
          format.pivot(),
          format.thousands(),
          format.currencySigns(),
          format.negative(),
          options,
          onError,
          mode,
          bytes);
    }

    FileFormat format() {
      return new FileFormat(
          columns,
          currency,
          delimiter,
          charset,
          dateFormat,
          decimal,
          headerLine,
          date,
          pivot,
          thousands,
          currencySigns,
          negative);
    }

    Parameters of(long size) {
      return of(format(), options, onError, mode, size);
    }

    /** The same import with further options of the file. */
    Parameters with(FileFormat more) {
      return of(format().with(more), options, onError, mode, bytes);
    }
  }

  /**
   * What an attempt adds to its sheet of refused rows.
   *
   * @param rows the number of data rows that were read: good, refused and empty
   * @param refused the number of refused rows among them
   * @param empty the number of rows among them without any content
   * @param query the options that were found in the file; null if none were looked for
   */
  @Serdeable
  record Counts(long rows, long refused, long empty, @Nullable String query) {}

  /**
   * @param rows the number of data rows in the file
   * @param imported the number of rows that became billings
   * @param refused the number of rows that cannot become billings
   * @param refusedListed the number of refused rows that the sheet of refused rows lists
   * @param duplicates the number of rows whose billing existed before
   * @param empty the number of rows without any content
   * @param vendorsCreated the number of new vendors
   * @param errorSheetId the id of the sheet of refused rows; null if no row was refused
   * @param query the options with which a file was read whose options were detected; else null
   * @param warnings facts that the client should know although the import succeeded
   */
  @Serdeable
  record Result(
      long rows,
      long imported,
      long refused,
      long refusedListed,
      long duplicates,
      long empty,
      long vendorsCreated,
      @Nullable UUID errorSheetId,
      @Nullable String query,
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

  /** The parameters with which a task of this type was accepted. */
  Parameters parameters(Task task) throws IOException {
    return json.readValueFromTree(task.parameters(), Parameters.class);
  }

  @Override
  public void prepareRetry(UUID ended, UUID retry) throws IOException {
    uploads.keepAlso(ended, retry);
  }

  @Override
  public boolean completesSlowly() {
    return true;
  }

  @Override
  public TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    JsonNode told = completion.result(JsonNode.class, json);
    if (told.get("questions") != null) {
      return new TaskResult.Failed(told, needsOptions());
    }
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
                counts.empty(),
                applied.vendorsCreated(),
                completion.sheetId(),
                counts.query(),
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
            counts.rows() - counts.refused() - counts.empty());
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

  private static TaskError needsOptions() {
    return TaskError.lasting(
        "needs-options",
        "The file can be read in several ways",
        "The file leaves open how it is meant; the result has the questions. Answer them with the"
            + " options in the query of POST /imports/{id}/retry, which uses the same file.");
  }

  private static TaskError refused(Counts counts) {
    return TaskError.lasting(
        "rows-refused",
        "Rows were refused",
        "%d of %d rows were refused, so nothing was imported. The error sheet gives the reasons."
            .formatted(counts.refused(), counts.rows()));
  }
}
