package io.tallyman.gateway.intake;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/** The options of an import that say how to read the file; billing-service checks them. */
@Introspected
record FileOptions(
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
    @Nullable @QueryValue String negative) {

  /** No option is given. */
  static final FileOptions NONE =
      new FileOptions(null, null, null, null, null, null, null, null, null, null, null, null);

  /** The options with the charset of a header {@code Content-Type}, unless they name one. */
  FileOptions orCharset(@Nullable String other) {
    return new FileOptions(
        columns,
        currency,
        delimiter,
        charset == null ? other : charset,
        dateFormat,
        decimal,
        headerLine,
        date,
        pivot,
        thousands,
        currencySigns,
        negative);
  }
}
