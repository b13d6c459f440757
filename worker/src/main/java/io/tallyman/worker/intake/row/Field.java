package io.tallyman.worker.intake.row;

import java.util.Locale;

/** The fields of a billing in a row, in the order in which they are staged. */
enum Field {
  ACCOUNT_NAME,
  ACCOUNT_NUMBER,
  REFERENCE,
  DATE_BILLED,
  PAYABLE,
  CURRENCY,
  TOTAL_ISSUES;

  /**
   * Whether every file needs this column. A file needs a vendor's name or number; {@link Layout}
   * checks that.
   */
  boolean isNeeded() {
    return this == DATE_BILLED || this == PAYABLE;
  }

  /** Our name of the column. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
