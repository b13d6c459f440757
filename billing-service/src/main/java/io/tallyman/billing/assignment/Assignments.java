package io.tallyman.billing.assignment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;

/** A sheet of which user answers for which billings of a range of days. */
@Singleton
final class Assignments implements TaskType<Assignments.Parameters> {
  /**
   * @param from inclusive
   * @param to inclusive
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(@NotNull @FourDigitYear LocalDate from, @NotNull @FourDigitYear LocalDate to)
      implements TaskParameters {

    @Override
    public List<FieldError> faults() {
      boolean both = from != null && to != null;
      return both && from.isAfter(to)
          ? List.of(new FieldError("/to", "is before from"))
          : List.of();
    }
  }

  @Override
  public String name() {
    return "billing.assignments";
  }

  @Override
  public String description() {
    return "A sheet of which user answers for which billings of the days from one to another, both"
        + " included: the billings of a manager's vendors stand together, those of nobody last.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }
}
