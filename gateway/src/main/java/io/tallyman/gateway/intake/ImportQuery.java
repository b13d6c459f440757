package io.tallyman.gateway.intake;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The options of an import; billing-service checks them. */
@Introspected
record ImportQuery(
    @Nullable @QueryValue String columns,
    @Nullable @QueryValue String currency,
    @Nullable @QueryValue String delimiter,
    @Nullable @QueryValue String charset,
    @Nullable @QueryValue("date_format") String dateFormat,
    @Nullable @QueryValue String decimal,
    @Nullable @QueryValue("header_line") String headerLine,
    @Nullable @QueryValue String date,
    @Nullable @QueryValue String pivot,
    @Nullable @QueryValue String thousands,
    @Nullable @QueryValue("currency_signs") String currencySigns,
    @Nullable @QueryValue String negative,
    @Nullable @QueryValue("on_error") String onError,
    @Nullable @QueryValue String mode,
    @Nullable @QueryValue("on_reference") String onReference,
    @Nullable @QueryValue String corrects,
    @Nullable @QueryValue String profile) {

  URI on(String path) {
    UriBuilder uri = UriBuilder.of(path);
    add(uri, "columns", columns);
    add(uri, "currency", currency);
    add(uri, "delimiter", delimiter);
    add(uri, "charset", charset);
    add(uri, "date_format", dateFormat);
    add(uri, "decimal", decimal);
    add(uri, "header_line", headerLine);
    add(uri, "date", date);
    add(uri, "pivot", pivot);
    add(uri, "thousands", thousands);
    add(uri, "currency_signs", currencySigns);
    add(uri, "negative", negative);
    add(uri, "on_error", onError);
    add(uri, "mode", mode);
    add(uri, "on_reference", onReference);
    add(uri, "corrects", corrects);
    add(uri, "profile", profile);
    return uri.build();
  }

  private static void add(UriBuilder uri, String name, @Nullable String value) {
    if (value != null) {
      uri.queryParam(name, value);
    }
  }
}
