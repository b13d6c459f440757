package io.tallyman.worker.billing;

import io.micronaut.http.uri.UriBuilder;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.task.BadInput;
import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The billings of a sheet: those of one day, or those of a range of days, both ends included. */
@Serdeable
record SheetParameters(
    @Nullable LocalDate billingDate,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Long vendorId,
    @Nullable String currency,
    @Nullable SheetFormat format) {

  /** The path of the rows at billing-service. */
  URI rows() {
    UriBuilder path =
        UriBuilder.of("/internal/billings/rows")
            .queryParam("from", first())
            .queryParam("to", last());
    if (vendorId != null) {
      path.queryParam("vendor_id", vendorId);
    }
    if (currency != null) {
      path.queryParam("currency", currency);
    }
    return path.build();
  }

  /** The sheet's file name for downloads. */
  String fileName() {
    return billingDate != null
        ? "billing-" + billingDate + ".csv"
        : "billing-" + first() + "_" + last() + ".csv";
  }

  LocalDate first() {
    return given(billingDate != null ? billingDate : from, "from");
  }

  LocalDate last() {
    return given(billingDate != null ? billingDate : to, "to");
  }

  private static LocalDate given(@Nullable LocalDate date, String name) {
    if (date == null) {
      throw new BadInput(
          "invalid-parameters",
          "The parameters are invalid",
          "Either billing_date or both from and to are required; " + name + " is missing.");
    }
    return date;
  }
}
