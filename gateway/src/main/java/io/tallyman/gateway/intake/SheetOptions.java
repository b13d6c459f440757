package io.tallyman.gateway.intake;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/** The options for the format of the sheet of an import; billing-service checks them. */
@Introspected
record SheetOptions(
    @Nullable @QueryValue("sheet_profile") String sheetProfile,
    @Nullable @QueryValue("sheet_delimiter") String sheetDelimiter,
    @Nullable @QueryValue("sheet_decimal") String sheetDecimal) {}
