package io.tallyman.billing.payables;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.json.JsonMapper;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.sheet.MonthTotal;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.tasktype.Completion;
import io.tallyman.billing.tasktype.IncompleteOutcome;
import io.tallyman.billing.tasktype.SheetResult;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskResult;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The task type for a sheet of what is owed to each vendor in a year, by month. */
@Singleton
final class TotalPayables implements TaskType<TotalPayables.Parameters> {
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parameters(
      @NotNull @Min(1) @Max(9999) Integer year,
      @Nullable @KnownCurrency String currency,
      @Nullable @Valid SheetFormat format)
      implements TaskParameters {

    @Override
    public List<FieldError> faults() {
      return SheetFormat.faults(format);
    }
  }

  /**
   * What an attempt adds to its sheet.
   *
   * @param months the sheet's sums by currency and month
   */
  @Serdeable
  record Months(@Nullable List<MonthTotal> months) {}

  /**
   * @param months twelve for each currency that occurs in the year, by currency and month; of the
   *     same moment as the sheet
   */
  @Serdeable
  record Result(@JsonUnwrapped SheetResult sheet, List<MonthTotal> months) {}

  @Override
  public String name() {
    return "billing.total_payables";
  }

  @Override
  public String description() {
    return "A sheet of what is owed to each vendor in a year, by month. A vendor has one row for"
        + " each currency; rows are ordered by the vendor's name. The result has the totals"
        + " by currency and month.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public TaskResult complete(Handle transaction, Completion completion, JsonMapper json)
      throws IOException {
    List<MonthTotal> months = completion.result(Months.class, json).months();
    if (months == null) {
      throw new IncompleteOutcome("months");
    }
    Result result = new Result(SheetResult.of(completion), months);
    return new TaskResult.Succeeded(json.writeValueToTree(result));
  }
}
