package io.tallyman.billing.imports;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read: the options of {@link FileOptions}, checked. Null means that an option was
 * not given.
 */
@Serdeable
record FileFormat(
    @Nullable Map<String, String> columns,
    @Nullable String currency,
    @Nullable String delimiter,
    @Nullable String charset,
    @Nullable String dateFormat,
    @Nullable String decimal,
    @Nullable Integer headerLine,
    @Nullable String date,
    @Nullable Integer pivot,
    @Nullable String thousands,
    @Nullable Map<String, String> currencySigns,
    @Nullable Set<String> negative) {

  /** The format with the defaults of options that were not given and always have a value. */
  FileFormat withDefaults() {
    return new FileFormat(
        columns,
        FileOptions.OF_VENDOR.equals(currency) ? null : currency,
        delimiter == null ? "," : delimiter,
        charset == null ? "utf-8" : charset,
        dateFormat == null ? "yyyy-MM-dd" : dateFormat,
        decimal == null ? "." : decimal,
        headerLine,
        date,
        pivot,
        thousands,
        currencySigns,
        negative);
  }

  /** This format, with the options that another one gives. */
  FileFormat with(FileFormat more) {
    return new FileFormat(
        merged(columns, more.columns),
        or(more.currency, currency),
        or(more.delimiter, delimiter),
        or(more.charset, charset),
        or(more.dateFormat, dateFormat),
        or(more.decimal, decimal),
        or(more.headerLine, headerLine),
        or(more.date, date),
        or(more.pivot, pivot),
        or(more.thousands, thousands),
        merged(currencySigns, more.currencySigns),
        or(more.negative, negative));
  }

  private static <V> @Nullable V or(@Nullable V value, @Nullable V otherwise) {
    return value == null ? otherwise : value;
  }

  private static @Nullable Map<String, String> merged(
      @Nullable Map<String, String> all, @Nullable Map<String, String> more) {
    if (all == null || more == null) {
      return or(more, all);
    }
    Map<String, String> merged = new LinkedHashMap<>(all);
    merged.putAll(more);
    return merged;
  }

  /** The format in the charset of a header {@code Content-Type}, unless it names one itself. */
  FileFormat orCharset(@Nullable String other) {
    return new FileFormat(
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

  /**
   * Checks options that depend on each other.
   *
   * @param faults receives an error for each contradiction
   */
  void check(List<FieldError> faults) {
    String mark = decimal == null ? "." : decimal;
    if (mark.equals(thousands)) {
      faults.add(
          new FieldError(
              "?thousands", "is the decimal separator too; give the other one with decimal="));
    }
  }
}
