package io.tallyman.billing.imports;

import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.billing.sheet.WrittenSheet;
import io.tallyman.billing.staging.StagedBillings.Applied;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of an import. {@code rows} is the sum of the imported, refused, duplicate and empty
 * rows and the footers. If refused rows aborted the import, the other rows are in none of these
 * counts.
 *
 * @param rows the number of data rows in the file
 * @param imported the number of rows that became billings
 * @param refused the number of rows that cannot become billings
 * @param refusedListed the number of refused rows that the sheet of refused rows lists
 * @param duplicates the number of rows whose billing existed before
 * @param firstDay the first date of an imported row; null if none was imported
 * @param lastDay the last date of an imported row; null if none was imported
 * @param empty the number of rows without any content
 * @param footers the number of rows below the data
 * @param footerRows these rows, in the order of the file
 * @param totals the amounts of the rows that can be read, by currency
 * @param unreadAmounts the number of refused rows whose amount or currency cannot be read
 * @param vendorsCreated the number of new vendors
 * @param errorSheetId the id of the sheet of refused rows; null if no row was refused
 * @param query the options with which a file was read whose options were detected; else null
 * @param warnings what is not in, and other facts that the client should know
 */
@Serdeable
record ImportResult(
    long rows,
    long imported,
    long refused,
    long refusedListed,
    long duplicates,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay,
    long empty,
    long footers,
    List<FooterRow> footerRows,
    List<ImportTotal> totals,
    long unreadAmounts,
    long vendorsCreated,
    @Nullable UUID errorSheetId,
    @Nullable String query,
    List<Warning> warnings) {

  /**
   * @param text the cells that are not empty
   * @param payable the amount in the row; null if there is none
   * @param difference the amount minus the total of the file; null without an amount, or if the
   *     file has not exactly one currency
   */
  @Serdeable
  record FooterRow(
      long line, String text, @Nullable BigDecimal payable, @Nullable BigDecimal difference) {

    static FooterRow of(ImportCounts.Footer footer, List<ImportTotal> totals) {
      BigDecimal payable = footer.payable();
      return new FooterRow(
          footer.line(),
          footer.text(),
          payable,
          payable == null || totals.size() != 1
              ? null
              : payable.subtract(totals.getFirst().file()));
    }

    boolean differs() {
      return difference != null && difference.signum() != 0;
    }
  }

  /**
   * @param code stable, for programs
   * @param message for people
   */
  @Serdeable
  record Warning(String code, String message) {}

  /**
   * @param applied null if the import was aborted
   */
  static ImportResult of(
      ImportCounts counts,
      @Nullable Applied applied,
      @Nullable WrittenSheet sheet,
      @Nullable UUID sheetId) {
    List<ImportTotal> totals = ImportTotal.all(counts, applied);
    List<FooterRow> footers =
        counts.footerRows().stream().map(footer -> FooterRow.of(footer, totals)).toList();
    long listed = sheet == null ? 0 : sheet.rows();
    return new ImportResult(
        counts.rows(),
        applied == null ? 0 : applied.imported(),
        counts.refused(),
        listed,
        applied == null ? 0 : applied.duplicates(),
        applied == null ? null : applied.firstDay(),
        applied == null ? null : applied.lastDay(),
        counts.emptyRows(),
        footers.size(),
        footers,
        totals,
        counts.unreadAmounts(),
        applied == null ? 0 : applied.vendorsCreated(),
        sheetId,
        counts.query(),
        warnings(counts, applied, listed, footers));
  }

  private static List<Warning> warnings(
      ImportCounts counts, @Nullable Applied applied, long listed, List<FooterRow> footers) {
    List<Warning> warnings = new ArrayList<>();
    if (applied == null) {
      warnings.add(
          new Warning("nothing-imported", "Nothing was imported, because rows were refused."));
    }
    if (counts.refused() > 0) {
      warnings.add(
          new Warning(
              "rows-refused",
              ("%d of %d rows were refused and are not imported. The amounts of %d of them cannot"
                      + " be read.")
                  .formatted(counts.refused(), counts.rows(), counts.unreadAmounts())));
    }
    if (listed < counts.refused()) {
      warnings.add(
          new Warning(
              "refused-rows-not-all-listed",
              ("The sheet of refused rows lists the first %d of %d refused rows. Correct these and"
                      + " import the file again: the new sheet then lists the next ones.")
                  .formatted(listed, counts.refused())));
    }
    if (applied != null && applied.duplicates() > 0) {
      warnings.add(
          new Warning(
              "duplicate-rows",
              ("%d of %d rows were not imported, because their billings existed before. POST"
                      + " /imports/{id}/duplicates makes a sheet of them.")
                  .formatted(applied.duplicates(), counts.rows())));
    }
    if (!footers.isEmpty()) {
      warnings.add(
          new Warning(
              "footers-not-imported",
              "%d rows at the end of the file count as footers and are not imported."
                  .formatted(footers.size())));
    }
    footers.stream()
        .filter(FooterRow::differs)
        .map(
            footer ->
                new Warning(
                    "total-differs",
                    "Line %d of the file says %s. The rows that can be read add up to %s less."
                        .formatted(footer.line(), footer.payable(), footer.difference())))
        .forEach(warnings::add);
    return warnings;
  }
}
