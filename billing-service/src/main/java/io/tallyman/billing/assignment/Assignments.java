package io.tallyman.billing.assignment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.billing.BillingRows;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.snapshot.Snapshot;
import io.tallyman.billing.snapshot.Snapshots;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The task type for a sheet that shows which user is responsible for which billings. */
@Singleton
final class Assignments implements TaskType<Assignments.Parameters> {
  /**
   * @param from inclusive
   * @param to inclusive
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(
      @NotNull @FourDigitYear LocalDate from,
      @NotNull @FourDigitYear LocalDate to,
      @Nullable @Valid SheetFormat format)
      implements TaskParameters {

    @Override
    public List<FieldError> faults() {
      boolean both = from != null && to != null;
      return both && from.isAfter(to)
          ? List.of(new FieldError("/to", "must not be before from"))
          : SheetFormat.faults(format);
    }
  }

  /** Streams billings with the ids of their managers to workers. */
  @Controller("/internal/assignments")
  @ExecuteOn(TaskExecutors.BLOCKING)
  static class Rows {
    private final Snapshots snapshots;

    Rows(Snapshots snapshots) {
      this.snapshots = snapshots;
    }

    /**
     * The billings of a range of days, both ends included, as CSV without a header. Columns: the id
     * of the vendor's manager (empty if there is none), then the columns of a billing sheet. Order:
     * by manager, rows without a manager last, then by vendor, date and id. All rows are of one
     * moment in the database; see {@link Snapshot#answer}.
     */
    @Get(uri = "/rows", headRoute = false)
    @Produces(MediaType.TEXT_CSV)
    HttpResponse<InputStream> rows(@QueryValue LocalDate from, @QueryValue LocalDate to) {
      return open(from, to).answer();
    }

    /** The planner chooses how to sort; for many days it sorts on disk. */
    private Snapshot open(LocalDate from, LocalDate to) {
      String billed = "b.date_billed BETWEEN '%s' AND '%s'".formatted(from, to);
      String rows =
          """
          SELECT v.manager_id, %s
          FROM billing b JOIN vendor v ON v.id = b.vendor_id
          WHERE %s
          ORDER BY v.manager_id NULLS LAST, v.id, b.date_billed, b.id
          """
              .formatted(BillingRows.COLUMNS, billed);
      return snapshots.open(new Snapshots.Selection("billing b WHERE " + billed, rows, List.of()));
    }
  }

  @Override
  public String name() {
    return "billing.assignments";
  }

  @Override
  public String description() {
    return "A sheet that shows which user is responsible for which billings, from one day to"
        + " another, both included. Rows are grouped by manager; billings without a manager"
        + " come last.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }
}
