package io.tallyman.gateway.intake;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The other options of an import; billing-service checks them. */
@Introspected
record ImportQuery(
    @Nullable @QueryValue String options,
    @Nullable @QueryValue("on_error") String onError,
    @Nullable @QueryValue String mode,
    @Nullable @QueryValue("on_reference") String onReference,
    @Nullable @QueryValue String corrects,
    @Nullable @QueryValue String profile) {

  URI on(String path, FileOptions file, SheetOptions sheet) {
    UriBuilder uri = UriBuilder.of(path);
    add(uri, "columns", file.columns());
    add(uri, "currency", file.currency());
    add(uri, "delimiter", file.delimiter());
    add(uri, "charset", file.charset());
    add(uri, "date_format", file.dateFormat());
    add(uri, "decimal", file.decimal());
    add(uri, "header_line", file.headerLine());
    add(uri, "date", file.date());
    add(uri, "pivot", file.pivot());
    add(uri, "thousands", file.thousands());
    add(uri, "currency_signs", file.currencySigns());
    add(uri, "negative", file.negative());
    add(uri, "options", options);
    add(uri, "on_error", onError);
    add(uri, "mode", mode);
    add(uri, "on_reference", onReference);
    add(uri, "corrects", corrects);
    add(uri, "profile", profile);
    add(uri, "sheet_profile", sheet.sheetProfile());
    add(uri, "sheet_delimiter", sheet.sheetDelimiter());
    add(uri, "sheet_decimal", sheet.sheetDecimal());
    return uri.build();
  }

  private static void add(UriBuilder uri, String name, @Nullable String value) {
    if (value != null) {
      uri.queryParam(name, value);
    }
  }
}
