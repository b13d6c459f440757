package io.tallyman.billing.billing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.tasktype.OneOf;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sheet of every billing of a day or a range of days, with its vendor. */
@Singleton
final class BillingSheet implements TaskType<BillingSheet.Parameters> {
  /**
   * Either a day or a range.
   *
   * @param from inclusive
   * @param to inclusive
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  @OneOf({"billing_date", "from to"})
  record Parameters(
      @Nullable LocalDate billingDate,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Long vendorId,
      @Nullable @KnownCurrency String currency,
      @Nullable @Valid SheetFormat format)
      implements TaskParameters {

    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    @Override
    public List<FieldError> faults() {
      boolean outOfReach =
          Stream.of(billingDate, from, to)
              .filter(Objects::nonNull)
              .anyMatch(date -> date.isBefore(FIRST) || date.isAfter(LAST));
      if (outOfReach) {
        return List.of(new FieldError("", "dates lie between 0001-01-01 and 9999-12-31"));
      }
      if (billingDate != null) {
        return from == null && to == null
            ? List.of()
            : List.of(
                new FieldError(
                    "/billing_date", "cannot stand beside from or to; give a day or a range"));
      }
      if (from == null && to == null) {
        return List.of(new FieldError("/billing_date", "is needed, or from and to"));
      }
      if (from == null) {
        return List.of(new FieldError("/from", "is needed where to is given"));
      }
      if (to == null) {
        return List.of(new FieldError("/to", "is needed where from is given"));
      }
      return from.isAfter(to) ? List.of(new FieldError("/to", "is before from")) : List.of();
    }
  }

  @Override
  public String name() {
    return "billing.sheet";
  }

  @Override
  public String description() {
    return "A sheet of every billing of a day (billing_date), or of the days from one to another,"
        + " both included, ordered by date, vendor and billing; of one vendor or currency"
        + " where given.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }
}
