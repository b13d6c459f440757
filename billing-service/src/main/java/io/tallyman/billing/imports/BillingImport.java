package io.tallyman.billing.imports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.staging.StagedBillings;
import io.tallyman.billing.staging.StagedBillings.Applied;
import io.tallyman.billing.state.Task;
import io.tallyman.billing.state.TaskError;
import io.tallyman.billing.state.TaskStatus;
import io.tallyman.billing.tasktype.CannotComplete;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.upload.Uploads;
import jakarta.inject.Singleton;
import java.io.IOException;
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

  /** What becomes of rows whose reference is known with other content. */
  @Serdeable
  enum OnReference {
    @JsonProperty("refuse")
    REFUSE,
    @JsonProperty("add")
    ADD
  }

  /**
   * The parameters: those of {@link FileFormat} and {@link ImportQuery}.
   *
   * @param bytes the size of the stored upload
   * @param corrects the import whose sheet of refused rows the file is; null if it is another file
   * @param onReference null, in tasks of earlier releases, means {@code refuse}
   * @param format that of the sheet of refused rows; null means the format for programs
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
      long bytes,
      @Nullable OnReference onReference,
      @Nullable UUID corrects,
      @Nullable SheetFormat format)
      implements TaskParameters {

    static Parameters of(
        FileFormat file,
        @Nullable SheetFormat format,
        @Nullable String options,
        OnError onError,
        Mode mode,
        long bytes,
        @Nullable OnReference onReference,
        @Nullable UUID corrects) {
      return new Parameters(
          file.columns(),
          file.currency(),
          file.delimiter(),
          file.charset(),
          file.dateFormat(),
          file.decimal(),
          file.headerLine(),
          file.date(),
          file.pivot(),
          file.thousands(),
          file.currencySigns(),
          file.negative(),
          options,
          onError,
          mode,
          bytes,
          onReference,
          corrects,
          format);
    }

    FileFormat fileFormat() {
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
      return of(fileFormat(), format, options, onError, mode, size, onReference, corrects);
    }

    Parameters correcting(UUID first) {
      return of(fileFormat(), format, options, onError, mode, bytes, onReference, first);
    }

    /** The same import with further options of the file. */
    Parameters with(FileFormat more) {
      return of(
          fileFormat().with(more), format, options, onError, mode, bytes, onReference, corrects);
    }
  }

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
  public String auditedAs(Parameters parameters) {
    return parameters.corrects() == null ? "import.submitted" : "import.corrected";
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

  /**
   * The first import of the file that an import belongs to: the import itself, or the corrected
   * one.
   */
  static UUID firstImport(Task task) {
    JsonNode corrects = task.parameters().get("corrects");
    return corrects == null || corrects.isNull()
        ? task.taskId()
        : UUID.fromString(corrects.getStringValue());
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
  public boolean completesAlone() {
    return true;
  }

  @Override
  public TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    JsonNode told = completion.result(JsonNode.class, json);
    if (told.get("questions") != null) {
      return new TaskResult.Failed(told, needsOptions());
    }
    ImportCounts counts = completion.result(ImportCounts.class, json);
    Parameters parameters = json.readValueFromTree(completion.parameters(), Parameters.class);
    boolean aborted = parameters.onError() == OnError.ABORT && counts.refused() > 0;
    Applied applied = aborted ? null : apply(transaction, completion, counts, parameters);
    JsonNode result =
        json.writeValueToTree(
            ImportResult.of(counts, applied, completion.sheet(), completion.sheetId()));
    return aborted
        ? new TaskResult.Failed(result, refused(counts))
        : new TaskResult.Succeeded(result);
  }

  /**
   * Applies the rows. In mode {@code validate} it then rolls that back and keeps only the counts.
   */
  private Applied apply(
      Handle transaction, Completion completion, ImportCounts counts, Parameters parameters) {
    transaction.savepoint(BEFORE);
    Applied applied =
        staged.apply(
            transaction,
            completion.taskId(),
            completion.attempt(),
            counts.good(),
            parameters.onReference() == OnReference.ADD);
    if (!ImportTotal.agree(counts, applied)) {
      throw totalsDiffer();
    }
    if (parameters.mode() == Mode.VALIDATE) {
      transaction.rollbackToSavepoint(BEFORE);
    }
    return applied;
  }

  private static CannotComplete totalsDiffer() {
    return new CannotComplete(
        TaskError.passing(
            "totals-differ",
            "The amounts that were stored are not those of the file",
            "The sums of the billings differ from those of the file. Nothing was imported, and the"
                + " file is read again."));
  }

  private static TaskError needsOptions() {
    return TaskError.lasting(
        "needs-options",
        "The file can be read in several ways",
        "The file leaves open how it is meant; the result has the questions. Answer them with the"
            + " options in the query of POST /imports/{id}/retry, which uses the same file.");
  }

  private static TaskError refused(ImportCounts counts) {
    return TaskError.lasting(
        "rows-refused",
        "Rows were refused",
        "%d of %d rows were refused, so nothing was imported. The error sheet gives the reasons."
            .formatted(counts.refused(), counts.rows()));
  }
}
