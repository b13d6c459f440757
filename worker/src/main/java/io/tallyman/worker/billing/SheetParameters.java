package io.tallyman.worker.billing;

import io.micronaut.http.uri.UriBuilder;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.worker.sheet.SheetFormat;
import io.tallyman.worker.task.BadInput;
import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which billings a sheet has: those of one day, or of all days from one to another, both included.
 */
@Serdeable
record SheetParameters(
    @Nullable LocalDate billingDate,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Long vendorId,
    @Nullable String currency,
    @Nullable SheetFormat format) {

  /** Where billing-service has the rows. */
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

  /** What the sheet is called when it is downloaded. */
  String fileName() {
    return billingDate != null
        ? "billing-" + billingDate + ".csv"
        : "billing-" + first() + "_" + last() + ".csv";
  }

  SheetFormat formatOrRaw() {
    return format == null ? SheetFormat.RAW : format;
  }

  private LocalDate first() {
    return given(billingDate != null ? billingDate : from, "from");
  }

  private LocalDate last() {
    return given(billingDate != null ? billingDate : to, "to");
  }

  private static LocalDate given(@Nullable LocalDate date, String name) {
    if (date == null) {
      throw new BadInput(
          "invalid-parameters",
          "The parameters are invalid",
          "Either billing_date is needed, or from and to; " + name + " is missing.");
    }
    return date;
  }
}
