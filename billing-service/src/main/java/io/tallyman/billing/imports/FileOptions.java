package io.tallyman.billing.imports;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.tallyman.billing.currency.CurrencyDecimals;
import io.tallyman.kit.problem.Problem.FieldError;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that say how to read a file, as docs/imports.md describes them. A parameter
 * that is not given has its default, or is found in the file if the import detects its options.
 */
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

  /** The names of the options. */
  static final Set<String> NAMES =
      Set.of(
          "columns",
          "currency",
          "delimiter",
          "charset",
          "date_format",
          "decimal",
          "header_line",
          "date",
          "pivot",
          "thousands",
          "currency_signs",
          "negative");

  /** The currency of an import whose rows have the currencies of their vendors. */
  static final String OF_VENDOR = "vendor";

  private static final String ISO_DATE = "yyyy-MM-dd";
  private static final Pattern DELIMITER = Pattern.compile("[\\t!#-/:-@\\[-`{-~]");
  private static final Pattern DATE_FORMAT =
      Pattern.compile(
          "excel(?:-1904)?|(?=[^d]*d{1,2}[^d]*$)(?=[^M]*M{1,4}[^M]*$)(?=[^y]*(?:yy|yyyy)[^y]*$)[dMy/.,\\-"
              + " ]+");
  private static final Pattern LINE = Pattern.compile("[1-9][0-9]{0,5}");
  private static final Pattern PIVOT = Pattern.compile("[0-9]{1,2}");
  private static final Set<String> NEGATIVES = Set.of("trailing", "parentheses", "cr", "dr");
  private static final Pattern SIGN = Pattern.compile("[^0-9,.:()+\\-\\p{Z}\\p{C}]{1,8}");

  /** The options; one that is not given is taken from a profile, if that has it. */
  FileOptions or(Map<String, String> profile) {
    return new FileOptions(
        columns == null ? profile.get("columns") : columns,
        currency == null ? profile.get("currency") : currency,
        delimiter == null ? profile.get("delimiter") : delimiter,
        charset == null ? profile.get("charset") : charset,
        dateFormat == null ? profile.get("date_format") : dateFormat,
        decimal == null ? profile.get("decimal") : decimal,
        headerLine == null ? profile.get("header_line") : headerLine,
        date == null ? profile.get("date") : date,
        pivot == null ? profile.get("pivot") : pivot,
        thousands == null ? profile.get("thousands") : thousands,
        currencySigns == null ? profile.get("currency_signs") : currencySigns,
        negative == null ? profile.get("negative") : negative);
  }

  /**
   * @param faults receives an error for each parameter that is invalid
   */
  FileFormat read(List<FieldError> faults) {
    Map<String, String> mapping = ColumnMapping.read(columns, faults);
    check(
        faults,
        "currency",
        currency == null
            || currency.equals(OF_VENDOR)
            || CurrencyDecimals.BY_CODE.containsKey(currency),
        "is not an ISO 4217 currency code such as GBP, and not the word vendor");
    String between = "tab".equals(delimiter) ? "\t" : delimiter;
    check(
        faults,
        "delimiter",
        between == null || DELIMITER.matcher(between).matches(),
        "must be one character such as , ; or |, or the word tab");
    check(
        faults,
        "charset",
        charset == null || isCharset(charset),
        "is not a supported charset; try utf-8");
    check(faults, "decimal", decimal == null || decimal.matches("[.,]"), "must be . or ,");
    check(
        faults,
        "header_line",
        headerLine == null || LINE.matcher(headerLine).matches(),
        "must be the number of a line; the first one is 1");
    check(faults, "date", date == null || isDate(date), "must be a date such as 2022-03-31");
    check(
        faults,
        "pivot",
        pivot == null || PIVOT.matcher(pivot).matches(),
        "must be a two-digit year; years from it on are 19yy");
    return new FileFormat(
        mapping,
        currency,
        between,
        charset,
        dates(faults),
        decimal,
        headerLine == null || !LINE.matcher(headerLine).matches()
            ? null
            : Integer.valueOf(headerLine),
        date,
        pivot == null || !PIVOT.matcher(pivot).matches() ? null : Integer.valueOf(pivot),
        separator(faults),
        signs(faults),
        negatives(faults));
  }

  private @Nullable String dates(List<FieldError> faults) {
    if (dateFormat == null) {
      return null;
    }
    List<String> formats =
        Stream.of(dateFormat.split("\\|", -1))
            .map(format -> format.equals("ISO") ? ISO_DATE : format)
            .toList();
    check(
        faults,
        "date_format",
        formats.stream().allMatch(format -> DATE_FORMAT.matcher(format).matches()),
        "must consist of d or dd, M to MMMM, and yy or yyyy, each once, such as dd/MM/yyyy; or be"
            + " ISO, excel or excel-1904; or several of these with | between them");
    return String.join("|", formats);
  }

  private @Nullable String separator(List<FieldError> faults) {
    return switch (thousands) {
      case null -> null;
      case ",", ".", "'", "space" -> thousands;
      case "\u2019" -> "'";
      case " ", "\u00a0", "\u202f", "\u2009" -> "space";
      default -> {
        check(faults, "thousands", false, "must be one of , . ' or a space, or the word space");
        yield null;
      }
    };
  }

  private @Nullable Map<String, String> signs(List<FieldError> faults) {
    if (currencySigns == null) {
      return null;
    }
    Map<String, String> signs = new LinkedHashMap<>();
    for (String pair : currencySigns.split(",", -1)) {
      String[] parts = pair.split(":", 2);
      String code = parts.length == 2 ? parts[1] : "";
      boolean isOwnCode = parts.length == 1 && CurrencyDecimals.BY_CODE.containsKey(parts[0]);
      boolean isKnown = code.isEmpty() || CurrencyDecimals.BY_CODE.containsKey(code);
      if (!isKnown || (parts.length == 2 && code.isEmpty()) || !SIGN.matcher(parts[0]).matches()) {
        check(
            faults,
            "currency_signs",
            false,
            "must be signs such as £, or signs with their currencies such as £:GBP,€:EUR");
        return null;
      }
      signs.put(parts[0], isOwnCode ? parts[0] : code);
    }
    return signs;
  }

  private @Nullable Set<String> negatives(List<FieldError> faults) {
    if (negative == null) {
      return null;
    }
    Set<String> ways = new TreeSet<>(Arrays.asList(negative.split(",", -1)));
    check(
        faults,
        "negative",
        NEGATIVES.containsAll(ways) && !(ways.contains("cr") && ways.contains("dr")),
        "must consist of parentheses, trailing, and cr or dr, with commas between them");
    return ways;
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).getYear() >= 1 && text.length() == ISO_DATE.length();
    } catch (DateTimeParseException notDate) {
      return false;
    }
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }

  private static void check(List<FieldError> faults, String name, boolean sound, String fault) {
    if (!sound) {
      faults.add(new FieldError("?" + name, fault));
    }
  }
}
