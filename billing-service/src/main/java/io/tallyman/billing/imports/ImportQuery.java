package io.tallyman.billing.imports;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.tallyman.billing.currency.CurrencyDecimals;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of an upload: how to read the file. Each has a default.
 *
 * @param columns {@link ColumnMapping our names to the file's}
 * @param currency the currency of rows that give none; null leaves it to the vendor
 * @param delimiter the character between cells, or {@code tab}; default is a comma
 * @param charset a charset that Java knows; default is {@code utf-8}
 * @param dateFormat a pattern of d, M and y, such as {@code dd/MM/yyyy}, or {@code ISO}, the
 *     default
 * @param decimal the decimal mark: a dot, the default, or a comma
 * @param onError with {@code skip}, the default, the good rows of a file with refused rows are
 *     imported; with {@code abort}, nothing is
 * @param mode {@code commit}, the default, or {@code validate} for a dry run
 * @param onReference with {@code refuse}, the default, a row is refused if its reference is known
 *     with other content; with {@code add}, it becomes a further line of that document
 * @param corrects the id of the import whose sheet of refused rows the file is
 */
@Introspected
record ImportQuery(
    @Nullable @QueryValue String columns,
    @Nullable @QueryValue String currency,
    @Nullable @QueryValue String delimiter,
    @Nullable @QueryValue String charset,
    @Nullable @QueryValue("date_format") String dateFormat,
    @Nullable @QueryValue String decimal,
    @Nullable @QueryValue("on_error") String onError,
    @Nullable @QueryValue String mode,
    @Nullable @QueryValue("on_reference") String onReference,
    @Nullable @QueryValue UUID corrects) {

  private static final String ISO_DATE = "yyyy-MM-dd";
  private static final Pattern DELIMITER = Pattern.compile("[\\t!#-/:-@\\[-`{-~]");
  private static final Pattern DATE_FORMAT =
      Pattern.compile(
          "(?=[^d]*d{1,2}[^d]*$)(?=[^M]*M{1,4}[^M]*$)(?=[^y]*(?:yy|yyyy)[^y]*$)[dMy/.,\\- ]+");

  /**
   * @throws InvalidFields if a parameter is invalid; lists each of them
   */
  BillingImport.Parameters parameters() {
    List<FieldError> faults = new ArrayList<>();
    Map<String, String> mapping = ColumnMapping.read(columns, faults);
    String between = "tab".equals(delimiter) ? "\t" : orDefault(delimiter, ",");
    String dates = "ISO".equals(dateFormat) ? ISO_DATE : orDefault(dateFormat, ISO_DATE);
    String encoding = orDefault(charset, "utf-8");
    String point = orDefault(decimal, ".");
    check(
        faults,
        "currency",
        currency == null || CurrencyDecimals.BY_CODE.containsKey(currency),
        "is not an ISO 4217 currency code such as GBP");
    check(
        faults,
        "delimiter",
        DELIMITER.matcher(between).matches(),
        "must be one character such as , ; or |, or the word tab");
    check(faults, "charset", isCharset(encoding), "is not a supported charset; try utf-8");
    check(
        faults,
        "date_format",
        DATE_FORMAT.matcher(dates).matches(),
        "must consist of d or dd, M to MMMM, and yy or yyyy, each once, such as dd/MM/yyyy");
    check(faults, "decimal", List.of(".", ",").contains(point), "must be . or ,");
    BillingImport.OnError refused =
        read(faults, "on_error", onError, BillingImport.OnError.SKIP, BillingImport.OnError.class);
    BillingImport.Mode wanted =
        read(faults, "mode", mode, BillingImport.Mode.COMMIT, BillingImport.Mode.class);
    BillingImport.OnReference known =
        read(
            faults,
            "on_reference",
            onReference,
            BillingImport.OnReference.REFUSE,
            BillingImport.OnReference.class);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return new BillingImport.Parameters(
        mapping, currency, between, encoding, dates, point, refused, wanted, 0, known, corrects);
  }

  private static String orDefault(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }

  private static <E extends Enum<E>> E read(
      List<FieldError> faults, String name, @Nullable String value, E otherwise, Class<E> type) {
    if (value == null) {
      return otherwise;
    }
    List<E> all = List.of(type.getEnumConstants());
    Predicate<E> meant = one -> one.name().toLowerCase(Locale.ROOT).equals(value);
    check(
        faults,
        name,
        all.stream().anyMatch(meant),
        "must be one of " + all.toString().toLowerCase(Locale.ROOT));
    return all.stream().filter(meant).findFirst().orElse(otherwise);
  }

  private static void check(List<FieldError> faults, String name, boolean sound, String fault) {
    if (!sound) {
      faults.add(new FieldError("?" + name, fault));
    }
  }
}
