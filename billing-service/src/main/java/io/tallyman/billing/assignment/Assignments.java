package io.tallyman.billing.assignment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
