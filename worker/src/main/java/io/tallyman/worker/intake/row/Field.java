package io.tallyman.worker.intake.row;

import java.util.Locale;

/**
 * The fields of a billing in a row, in the order in which they are staged; then the fields from
 * which some files make the amount.
 */
enum Field {
  ACCOUNT_NAME,
  ACCOUNT_NUMBER,
  REFERENCE,
  DATE_BILLED,
  PAYABLE,
  CURRENCY,
  TOTAL_ISSUES,
  /** Says of each amount whether it is a debit or a credit. */
  DIRECTION,
  /** The amounts that are debits, instead of {@link #PAYABLE}. */
  DEBIT,
  /** The amounts that are credits, instead of {@link #PAYABLE}. */
  CREDIT;

  /** Whether files with our own names have this column. */
  boolean isOurs() {
    return compareTo(TOTAL_ISSUES) <= 0;
  }

  /** Our name of the column. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
