package io.tallyman.worker.intake.row;

import java.util.Locale;

/** What a row says of a billing, in the order in which it is staged. */
enum Field {
  ACCOUNT_NAME,
  ACCOUNT_NUMBER,
  REFERENCE,
  DATE_BILLED,
  PAYABLE,
  CURRENCY,
  TOTAL_ISSUES;

  /**
   * Whether every file has to have it. A vendor's name can be left out where its number is given.
   */
  boolean isNeeded() {
    return this == DATE_BILLED || this == PAYABLE;
  }

  /** Our own name of the column. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
