package io.tallyman.billing.duplicate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.billing.BillingRows;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The task type for a sheet of the rows of an import whose billings existed before. */
@Singleton
public final class ImportDuplicates implements TaskType<ImportDuplicates.Parameters> {
  /** Each row is one step down an index. A hash join would read all billings. */
  private static final List<String> STEP_BY_STEP = List.of("enable_hashjoin", "enable_mergejoin");

  private final Snapshots snapshots;

  /**
   * @param importId the id of the import's task
   * @param format null means the format for programs
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  public record Parameters(UUID importId, @Nullable SheetFormat format) implements TaskParameters {}

  /** Streams the duplicates to workers. */
  @Controller("/internal/imports")
  @ExecuteOn(TaskExecutors.BLOCKING)
  static class Rows {
    private final ImportDuplicates duplicates;

    Rows(ImportDuplicates duplicates) {
      this.duplicates = duplicates;
    }

    /**
     * The rows of an import whose billings existed before, as CSV without a header, in the order of
     * the file: {@code line,earlier_import_id,earlier_line,billing_id}, then the columns of {@link
     * BillingRows}. See {@link Snapshot#answer}.
     */
    @Get(uri = "/{id}/duplicates", headRoute = false)
    @Produces(MediaType.TEXT_CSV)
    HttpResponse<InputStream> duplicates(UUID id) {
      return duplicates.open(id).answer();
    }
  }

  ImportDuplicates(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public String name() {
    return "billing.duplicates";
  }

  @Override
  public String description() {
    return "A sheet of the rows of an import whose billings existed before, each with the earlier"
        + " import and its line there. Submit it with POST /imports/{id}/duplicates.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public boolean submittable() {
    return false;
  }

  /**
   * All columns but the line and the id are null if the billing is gone; the earlier import and its
   * line are null if the billing was entered by hand.
   */
  private Snapshot open(UUID importId) {
    return snapshots.open(
        new Snapshots.Selection(
            "import_duplicate WHERE import_id = '" + importId + "'",
            """
            SELECT d.line, b.import_id, b.line, d.billing_id, %s
            FROM import_duplicate d
            LEFT JOIN billing b ON b.id = d.billing_id
            LEFT JOIN vendor v ON v.id = b.vendor_id
            WHERE d.import_id = '%s'
            ORDER BY d.line
            """
                .formatted(BillingRows.COLUMNS, importId),
            STEP_BY_STEP));
  }
}
