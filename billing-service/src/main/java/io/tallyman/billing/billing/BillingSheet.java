package io.tallyman.billing.billing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.billing.SmallSheets.Days;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.billing.tasktype.OneOf;
import io.tallyman.billing.tasktype.TaskParameters;
import io.tallyman.billing.tasktype.TaskType;
import io.tallyman.billing.vendor.Vendors;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The task type for a sheet of all billings of a day or a range of days, with their vendors. */
@Singleton
final class BillingSheet implements TaskType<BillingSheet.Parameters> {
  /**
   * Either {@code billingDate}, or {@code from} and {@code to}.
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
      return Stream.of(dateFaults(), SheetFormat.faults(format)).flatMap(List::stream).toList();
    }

    /** The days of the sheet of a task; empty if a filter leaves out some of their billings. */
    private Optional<Days> wholeDays(UUID task) {
      LocalDate first = billingDate != null ? billingDate : from;
      LocalDate last = billingDate != null ? billingDate : to;
      return vendorId == null && currency == null && first != null && last != null
          ? Optional.of(new Days(task, first, last))
          : Optional.empty();
    }

    private List<FieldError> dateFaults() {
      boolean outOfReach =
          Stream.of(billingDate, from, to)
              .filter(Objects::nonNull)
              .anyMatch(date -> date.isBefore(FIRST) || date.isAfter(LAST));
      if (outOfReach) {
        return List.of(new FieldError("", "dates must be from 0001-01-01 to 9999-12-31"));
      }
      if (billingDate != null) {
        return from == null && to == null
            ? List.of()
            : List.of(
                new FieldError(
                    "/billing_date", "cannot be combined with from or to; give a day or a range"));
      }
      if (from == null && to == null) {
        return List.of(
            new FieldError("/billing_date", "is required, unless from and to are given"));
      }
      if (from == null) {
        return List.of(new FieldError("/from", "is required when to is given"));
      }
      if (to == null) {
        return List.of(new FieldError("/to", "is required when from is given"));
      }
      return from.isAfter(to)
          ? List.of(new FieldError("/to", "must not be before from"))
          : List.of();
    }
  }

  private final Vendors vendors;
  private final SmallSheets smallSheets;

  BillingSheet(Vendors vendors, SmallSheets smallSheets) {
    this.vendors = vendors;
    this.smallSheets = smallSheets;
  }

  @Override
  public String name() {
    return "billing.sheet";
  }

  @Override
  public String description() {
    return "A sheet of every billing of one day (billing_date) or of a range of days (from and to,"
        + " both included), ordered by date, vendor and billing. vendor_id and currency are"
        + " optional filters.";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  /** The rows of small sheets without a filter. */
  @Override
  public Map<UUID, JsonNode> inputs(Map<UUID, Parameters> tasks) {
    return smallSheets.read(
        tasks.entrySet().stream()
            .flatMap(task -> task.getValue().wholeDays(task.getKey()).stream())
            .toList());
  }

  /** A sheet without rows would hide that the vendor was mistaken for another. */
  @Override
  public List<FieldError> faults(Parameters parameters) {
    Long vendor = parameters.vendorId();
    return vendor == null || vendors.findById(vendor).isPresent()
        ? List.of()
        : List.of(new FieldError("/vendor_id", "is not the id of a vendor"));
  }
}
