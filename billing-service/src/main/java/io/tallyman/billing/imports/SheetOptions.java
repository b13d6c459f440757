package io.tallyman.billing.imports;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.tallyman.billing.sheet.SheetFormat;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters for the format of the sheet that an import writes; see {@link SheetFormat}.
 */
@Introspected
record SheetOptions(
    @Nullable @QueryValue("sheet_profile") String sheetProfile,
    @Nullable @QueryValue("sheet_delimiter") String sheetDelimiter,
    @Nullable @QueryValue("sheet_decimal") String sheetDecimal) {

  /** No option is given. */
  static final SheetOptions NONE = new SheetOptions(null, null, null);

  /** The names of the options. */
  static final Set<String> NAMES = Set.of("sheet_profile", "sheet_delimiter", "sheet_decimal");

  private static final Set<String> PROFILES = Set.of("raw", "excel");
  private static final Set<String> DELIMITERS = Set.of(",", ";", "\t", "tab");
  private static final Set<String> DECIMALS = Set.of(".", ",");

  /** The options; one that is not given is taken from an import profile, if that has it. */
  SheetOptions or(Map<String, String> kept) {
    return new SheetOptions(
        sheetProfile == null ? kept.get("sheet_profile") : sheetProfile,
        sheetDelimiter == null ? kept.get("sheet_delimiter") : sheetDelimiter,
        sheetDecimal == null ? kept.get("sheet_decimal") : sheetDecimal);
  }

  /**
   * @return null if no option is given
   * @throws InvalidFields listing all invalid options
   */
  @Nullable SheetFormat format() {
    List<FieldError> faults = new ArrayList<>();
    SheetFormat format = format(faults);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return format;
  }

  /**
   * @param faults receives an error for each invalid option
   * @return null if no option is given
   */
  @Nullable SheetFormat format(List<FieldError> faults) {
    if (equals(NONE)) {
      return null;
    }
    check(faults, "sheet_profile", sheetProfile, PROFILES, "must be raw or excel");
    check(faults, "sheet_delimiter", sheetDelimiter, DELIMITERS, "must be , or ; or the word tab");
    check(faults, "sheet_decimal", sheetDecimal, DECIMALS, "must be . or ,");
    if (",".equals(sheetDecimal) && ",".equals(sheetDelimiter)) {
      faults.add(
          new FieldError("?sheet_delimiter", "must not be the decimal mark; remove it, or give ;"));
    }
    return new SheetFormat(
        sheetProfile, "tab".equals(sheetDelimiter) ? "\t" : sheetDelimiter, sheetDecimal);
  }

  private static void check(
      List<FieldError> faults,
      String name,
      @Nullable String value,
      Set<String> known,
      String fault) {
    if (value != null && !known.contains(value)) {
      faults.add(new FieldError("?" + name, fault));
    }
  }
}
