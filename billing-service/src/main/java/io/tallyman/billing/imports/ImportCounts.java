package io.tallyman.billing.imports;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt adds to its sheet of refused rows. A worker of an earlier release sends only the
 * first two.
 *
 * @param rows the number of data rows that were read: good and refused rows, empty rows and footers
 * @param refused the number of refused rows among them
 * @param empty the number of rows without any content; null means 0
 * @param footers the rows below the data, at most 20; null means none
 * @param sums the amounts that the worker read, by currency; null if it did not sum them
 * @param unread the number of refused rows whose amount or currency cannot be read; null means 0
 * @param query the options that were found in the file; null if none were looked for
 */
@Serdeable
record ImportCounts(
    long rows,
    long refused,
    @Nullable Long empty,
    @Nullable List<Footer> footers,
    @Nullable List<Sum> sums,
    @Nullable Long unread,
    @Nullable String query) {

  /**
   * @param text its cells that are not empty
   * @param payable the amount in it; null if it has none
   */
  @Serdeable
  record Footer(long line, String text, @Nullable BigDecimal payable) {}

  /**
   * @param currency null for rows without a currency, which have that of their vendors
   * @param good the sum of the good rows
   * @param refused the sum of the refused rows
   */
  @Serdeable
  record Sum(@Nullable String currency, BigDecimal good, BigDecimal refused) {}

  /** The number of rows that can become billings. */
  long good() {
    return rows - refused - emptyRows() - footerRows().size();
  }

  long emptyRows() {
    return empty == null ? 0 : empty;
  }

  List<Footer> footerRows() {
    return footers == null ? List.of() : footers;
  }

  long unreadAmounts() {
    return unread == null ? 0 : unread;
  }
}
